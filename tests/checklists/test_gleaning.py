"""Lists and translations taken in while a form is parsed are those of the whole tree."""

from __future__ import annotations

import pytest
from lxml import etree

from officer_app.base.errors import Code, Fault
from officer_app.checklists.documents import list_document, parse_xml
from officer_app.checklists.gleaning import gleaned
from officer_app.checklists.xpath.nodes import Node

X = "http://www.w3.org/2002/xforms"
PLAIN = "<item><name>a</name><label>甲</label></item>"
DEEP = "<item><name>b</name><geo><lat>1</lat></geo></item>"
OTHER = "<row><name>c</name></row>"


def _shape(node: Node) -> object:
    texts = [(each.qualified, each.uri, each.value) for each in node.attributes]
    below = [_shape(child) for child in node.children]
    assert all(child.parent is node for child in node.children)
    assert [child for family in node.named.values() for child in family if child not in node.children] == []
    return node.key, node.prefix, node.value, texts, below


@pytest.mark.parametrize(
    "entries",
    [
        "",
        PLAIN,
        PLAIN * 3,
        PLAIN + DEEP + PLAIN,
        DEEP + PLAIN,
        OTHER + PLAIN,
        PLAIN + OTHER + PLAIN,
        "<item/><item>text</item>" + PLAIN,
        '<item code="7"><name>a</name></item>' + PLAIN,
        "<item><!-- no --><name>a</name></item>",
        "<item><name><![CDATA[<b>]]></name></item>",
        PLAIN * 9_000,
    ],
)
def test_a_list_is_the_same_as_read_from_the_whole_tree(entries: str) -> None:
    lists = f'<instance><item><item/></item></instance><instance id="v"><root>{entries}</root></instance>'
    xml = f'<m xmlns="{X}">{lists}</m>'
    source, whole = gleaned(xml.encode()), parse_xml(xml.encode())
    for place in (0, 1):
        assert _shape(source.list_of(source.root[place])) == _shape(list_document(whole[place]))


def test_a_file_of_a_list_is_read_so_too() -> None:
    xml = f"<root>{PLAIN * 2}{DEEP}</root>".encode()
    source = gleaned(xml)
    assert len(source.items[source.root]) == 2
    assert _shape(source.list_of(source.root)) == _shape(list_document(parse_xml(xml)))


def test_questions_called_item_stay_in_the_tree() -> None:
    xml = f'<m xmlns="{X}"><instance><data><item/><text/></data></instance></m>'.encode()
    assert etree.tostring(gleaned(xml).root) == etree.tostring(parse_xml(xml))


def test_texts_with_answers_in_them_stay_in_the_tree() -> None:
    xml = f"""<i xmlns="{X}"><translation><text id="a"><value> A </value><value form="image">a.png</value></text>
        <text id="b"><value>B <output value="/x"/></value></text><text id="c"><value>C</value></text>
        </translation></i>""".encode()
    source = gleaned(xml)
    (texts,) = source.texts.values()
    assert texts == {"": {"a": "A"}, "image": {"a": "a.png"}}
    assert [text.get("id") for text in source.root[0]] == ["b", "c"]


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a><b></a>",
        b'<!DOCTYPE a [<!ENTITY e "x">]><root><item><name>&e;</name></item></root>',
        b"<root><item>" + b"<a>" * 100 + b"</a>" * 100 + b"</item></root>",
        b"\xff\xfe<",
    ],
)
def test_what_would_do_harm_is_refused_as_in_the_whole_tree(xml: bytes) -> None:
    for read in (gleaned, parse_xml):
        with pytest.raises(Fault) as fault:
            read(xml)
        assert fault.value.code is Code.FORM_DAMAGED
