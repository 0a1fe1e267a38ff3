"""The gallery is drawn, and a refused form says what to mend."""

import pytest
from django.test import Client

from rongpei.ground.ui.web import SampleForm

PAGES = ["", "list/", "form/", "paper/", "plain/", "progress/", "?out=1"]


@pytest.mark.parametrize("page", PAGES)
def test_gallery_pages_are_whole(client: Client, page: str) -> None:
    response = client.get(f"/ui/{page}")
    assert response.status_code == 200
    text = response.content.decode()
    for leak in ("None", "{{", "{%", "undefined"):
        assert leak not in text
    assert text.count("<h1") == 1
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_refusal_is_told_with_its_article(client: Client) -> None:
    response = client.get("/ui/refused/")
    assert response.status_code == 409
    assert "第十三条" in response.content.decode()


def test_progress_asks_again_until_it_is_done(client: Client) -> None:
    part = client.get("/ui/progress/?done=80", headers={"HX-Request": "true"}).content.decode()
    assert 'hx-get="/ui/progress/?done=160"' in part
    assert "<html" not in part
    done = client.get("/ui/progress/?done=520", headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in done


def test_a_faulty_form_lists_its_faults(client: Client) -> None:
    text = client.post("/ui/form/", {"name": "周", "phone": "12"}).content.decode()
    assert 'role="alert"' in text
    assert 'href="#id_phone"' in text
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in text
    assert 'aria-invalid="true"' in text
    assert "请选择小组。" in text
    assert 'value="12"' in text


def test_forms_bring_the_right_keyboard() -> None:
    form = SampleForm()
    assert form.fields["phone"].widget.input_type == "tel"  # type: ignore[attr-defined]
    assert form.fields["born_on"].widget.input_type == "date"  # type: ignore[attr-defined]
    assert form.fields["hours"].widget.attrs["inputmode"] == "decimal"
    assert 'class="opt"' in str(client_text("/ui/form/"))


def client_text(address: str) -> str:
    return Client().get(address).content.decode()
