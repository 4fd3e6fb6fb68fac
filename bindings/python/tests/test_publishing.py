"""Publishing a ledger as a site."""

from __future__ import annotations

from pathlib import Path

import pytest

import servanda


def test_a_site_has_a_page_for_each_commitment(tracker: servanda.Tracker, tmp_path: Path) -> None:
    config, site = tmp_path / "tracker.toml", tmp_path / "site"
    config.write_text('name = "Promises kept"\n', encoding="utf-8")
    published = tracker.publish(site, config=config, on="2014-02-01")
    assert isinstance(published, servanda.Published)
    assert (published.written, published.removed) == (published.files, 0)
    page = (site / "commitments" / "us" / "abe-visit" / "index.html").read_text(encoding="utf-8")
    assert "Promises kept" in page
    assert tracker.publish(str(site), config=str(config), on="2014-02-01") == (published.files, 0, 0)


def test_a_site_is_of_a_day_and_a_moment(tracker: servanda.Tracker, tmp_path: Path) -> None:
    tracker.publish(tmp_path, on="2014-02-01", known_at="2013-12-31")
    assert not (tmp_path / "commitments").exists()


def test_a_configuration_that_is_not_valid_is_refused(tracker: servanda.Tracker, tmp_path: Path) -> None:
    config = tmp_path / "tracker.toml"
    config.write_text('nam = "Promises"\n', encoding="utf-8")
    with pytest.raises(servanda.InvalidError, match="do you mean name") as caught:
        tracker.publish(tmp_path / "site", config=config)
    assert caught.value.code == "config-refused"
    assert not (tmp_path / "site").exists()


def test_files_of_others_are_not_replaced(tracker: servanda.Tracker, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(servanda.RefusedError) as caught:
        tracker.publish(tmp_path)
    assert caught.value.code == "foreign-file"
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"
