"""Form fields that several forms share: many files at once, choices of people."""

from django import forms
from django.core.exceptions import ValidationError

MAX_FILES = 60


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_omitted_from_data(self, data, files, name):
        """Omitted only when no file came."""
        return not files.getlist(name) if hasattr(files, "getlist") else name not in files


class ManyFilesField(forms.FileField):
    """Several files at once; cleans to a list of uploads, empty when none was chosen.

    Whether each file can be taken is the files service's business; it says so by name.
    """

    widget = ManyFilesInput

    def __init__(self, *args, most: int = MAX_FILES, **kwargs):
        self.most = most
        super().__init__(*args, **kwargs)

    def clean(self, data, initial=None):
        """The uploads, checked one by one for being there and not empty."""
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not uploads and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.most:
            raise ValidationError(f"一次最多上传{self.most}个文件，请分几次上传。")
        return [super(ManyFilesField, self).clean(one, initial) for one in uploads]
