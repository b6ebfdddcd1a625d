"""Password rules whose words Django has no Chinese for."""

from django.contrib.auth import password_validation


class MinimumLength(password_validation.MinimumLengthValidator):
    """Django's rule in Chinese: its catalogue lacks these two sentences."""

    def get_error_message(self):
        """What is wrong."""
        return f"密码太短，至少要 {self.min_length} 个字符。"

    def get_help_text(self):
        """What is asked for."""
        return f"密码至少 {self.min_length} 个字符。"
