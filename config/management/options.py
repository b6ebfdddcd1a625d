"""Options that several commands share."""


def add_address(parser) -> None:
    """--port and --bind."""
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument(
        "--bind",
        default="127.0.0.1",
        help="监听地址，默认 127.0.0.1（只限本机）；让别的电脑也能打开，用 0.0.0.0",
    )
