"""What is filled in of a channel, kind by kind."""

from django import forms
from django.core.validators import MaxLengthValidator

from accounts.forms.people import AgencyChoice
from accounts.models import Agency
from common.forms.acts import ActForm
from reminders.models import ChannelKind
from reminders.models.channels import admin_paths

PLACES = "{to} 手机号，{text} 全文，{what} 事项种类，{when} 时间，{link} 链接，{key} 防重编号"
KEEP = "不改就留空"


def secret_field(label, **options):
    """A key: typed in, never shown again."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "data-secret": ""})
    return forms.CharField(label=label, max_length=300, required=False, widget=widget, **options)


class ChannelForm(ActForm):
    """What every channel has; `thing` is the channel, or the agency a new one is entered for."""

    OPTIONS: tuple[str, ...] = ()

    agency = AgencyChoice(label="服务单位", queryset=Agency.objects.none(), help_text="本单位及下级使用")
    name = forms.CharField(label="名称", max_length=60, help_text="如：局邮件服务器、执法大队工作群")
    address = forms.CharField(label="地址", max_length=300)
    order = forms.IntegerField(label="顺序", min_value=0, max_value=999, initial=10, help_text="小的先用")
    everywhere = forms.BooleanField(
        label="全部单位使用", required=False, help_text="公安、检察等不在本单位之下的也用它；由最上级单位设定"
    )

    def prepare(self):
        """Only the agencies one administers; keys may stay as they are on an old channel."""
        mine = Agency.objects.within(admin_paths(self.user)).filter(ended_on=None)
        self.fields["agency"].queryset = mine.order_by("path")
        if not isinstance(self.thing, Agency):
            del self.fields["agency"]
            for name in ("token", "signing"):
                if name in self.fields:
                    self.fields[name].help_text = KEEP

    def clean(self):
        """The kind's own fields become `options`."""
        given = super().clean()
        given["options"] = {
            name: value for name in self.OPTIONS if (value := given.pop(name, None)) not in ("", None)
        }
        return given


class MailForm(ChannelForm):
    """A mail server."""

    OPTIONS = ("user", "from", "starttls")

    starttls = forms.BooleanField(label="先明文后加密", required=False, help_text="服务器支持时勾选")
    token = secret_field("密码")

    field_order = ["agency", "name", "address", "user", "token", "from", "starttls", "order"]

    def prepare(self):
        """`from` is no name for an attribute."""
        self.fields["user"] = forms.CharField(label="用户名", max_length=120, required=False)
        self.fields["from"] = forms.EmailField(label="发件地址", max_length=120)
        self.order_fields(self.field_order)
        self.fields["address"].help_text = "如 smtp://10.1.2.3:25 或 smtps://mail.example.cn:465"
        super().prepare()


class RobotForm(ChannelForm):
    """A group's robot."""

    token = secret_field("访问令牌", help_text="机器人地址里的令牌，单独填在这里")
    signing = secret_field("签名密钥", help_text="机器人启用签名时填写")

    field_order = ["agency", "name", "address", "token", "signing", "order"]

    def prepare(self):
        """Say how the address looks."""
        self.fields["address"].help_text = "不含令牌的地址，如 http://10.1.2.3/robot/send"
        super().prepare()


class WeComForm(RobotForm):
    """企业微信 doesn't sign."""

    signing = None


class SmsForm(ChannelForm):
    """An SMS gateway with its own field names."""

    OPTIONS = ("format", "fields", "header", "answer", "well")

    format = forms.ChoiceField(label="报文格式", choices=[("json", "JSON"), ("form", "表单")])
    lines = forms.CharField(
        label="报文字段",
        initial="mobile={to}\ncontent={text}",
        validators=[MaxLengthValidator(2000)],
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=f"每行一项：字段名=内容。可用位置：{PLACES}",
    )
    token = secret_field("密钥")
    header = forms.CharField(label="密钥所在的请求头", max_length=60, required=False)
    answer = forms.CharField(
        label="应答中表示成功的字段",
        max_length=60,
        help_text="如 code；在里层的写成 Response.Code；应答只有一个词的写 *。别的应答都不算送到",
    )
    well = forms.CharField(label="成功时的值", max_length=60, help_text="如 0，按短信平台的接口说明填")

    field_order = ["agency", "name", "address", "format", "lines", "token", "header", "answer", "well"]

    def clean_lines(self):
        """{name: text}"""
        texts = {}
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), 1):
            name, equals, text = line.strip().partition("=")
            if not line.strip():
                continue
            if not equals or not name.strip():
                raise forms.ValidationError(f"第{number}行没有看懂，请写成：字段名=内容。")
            texts[name.strip()] = text.strip()
        return texts

    def clean_header(self):
        """A header's name has letters, figures and hyphens."""
        name = self.cleaned_data["header"].strip()
        if name and not name.replace("-", "").isalnum() or not name.isascii():
            raise forms.ValidationError("请求头只能有字母、数字和横线。")
        return name

    def clean(self):
        """The lines are the template."""
        self.cleaned_data["fields"] = self.cleaned_data.pop("lines", {})
        return super().clean()


CHANNEL_FORMS = {
    ChannelKind.EMAIL: MailForm,
    ChannelKind.SMS: SmsForm,
    ChannelKind.DINGTALK: RobotForm,
    ChannelKind.WECOM: WeComForm,
    ChannelKind.FEISHU: RobotForm,
}


class TestForm(ActForm):
    """Where a test goes; a group's robot needs nobody."""

    to = forms.CharField(label="发送到", max_length=120, help_text="邮箱地址或手机号码，只用于这一次")

    def prepare(self):
        """No address for a group."""
        if not self.thing.is_personal:
            del self.fields["to"]
