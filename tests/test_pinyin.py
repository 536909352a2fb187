"""How Chinese is read: with less memory, the same readings."""

import json
import subprocess
import sys

from departments.pinyin import PHRASES_DICT, lazy_pinyin


def test_phrases_are_read_as_without_sharing_and_no_phrase_has_a_syllable_twice() -> None:
    code = "import json, pypinyin.phrases_dict as one; print(json.dumps(one.phrases_dict))"
    plain = json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
    assert plain == PHRASES_DICT
    assert all(len({id(one) for one in syllables}) == len(syllables) for syllables in PHRASES_DICT.values())
    assert len({id(one) for syllables in PHRASES_DICT.values() for one in syllables}) < 10_000
    assert lazy_pinyin("银行行长慢慢音乐") == ["yin", "hang", "hang", "zhang", "man", "man", "yin", "yue"]
