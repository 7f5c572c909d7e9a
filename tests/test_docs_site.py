"""The site of the documents: it builds without a warning, and is read and searched from disk."""

import html
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest

pytest.importorskip("sphinx")
pytest.importorskip("myst_parser")
pytest.importorskip("furo")

from browser import open_chromium
from pages import prefer, resize

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built: a warning, of a link that leads nowhere for example, is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", str(DOCS), str(folder)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def driver():
    driver = open_chromium()
    yield driver
    driver.quit()


def test_every_page_is_there(site):
    expected = {path.stem for path in DOCS.glob("*.md")}
    assert expected <= {path.stem for path in site.glob("*.html")}


def test_nothing_is_fetched_from_elsewhere(site):
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|img|link|iframe)\b[^>]*?(?:src|href)=\"([^\"]*)\"", text)
        foreign = [address for address in loaded if re.match(r"(https?:)?//", address)]
        assert not foreign, f"{page.name} fetches {foreign}"
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.findall(r"url\([\"']?(?:https?:)?//|@import", text), f"{style.name} fetches"


def test_every_link_within_the_site_leads_to_its_place(site):
    pages = {page: page.read_text(encoding="utf-8") for page in site.glob("*.html")}
    places = {page: set(re.findall(r'\bid="([^"]*)"', text)) for page, text in pages.items()}
    for page, text in pages.items():
        for address in set(re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', text)):
            if re.match(r"[a-z]+:", address):
                continue
            path, _, place = html.unescape(address).partition("#")
            target = page.parent / urllib.parse.unquote(path) if path else page
            assert target.exists(), f"{page.name} leads to {address}, which is not there"
            if place and target in places:
                assert place in places[target], f"{page.name} leads to {address}: no such place"


def test_every_picture_says_what_it_shows(site):
    for page in site.glob("*.html"):
        for picture in re.findall(r"<img\b[^>]*>", page.read_text(encoding="utf-8")):
            words = re.findall(r'alt="([^"]*)"', picture)
            assert [len(text.split()) > 3 for text in words] == [True], f"{page.name}: {picture}"


def test_no_page_is_wider_than_a_phone(site, driver):
    resize(driver, "phone")
    for path in sorted(site.glob("*.html")):
        driver.get(path.as_uri())
        wide, screen = driver.execute_script(
            "const page = document.documentElement; return [page.scrollWidth, page.clientWidth]"
        )
        assert wide <= screen, f"{path.name} is {wide} wide on a screen of {screen}"


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("leaky_relu", "functions.html"),
        ("AUTOGRAD_CACHE_DIR", "disk.html"),
        ("micrograd", "from_micrograd.html"),
        ("load_state_dict", "api_nn.html"),
    ],
)
def test_the_search_works_from_disk(site, driver, words, page):
    resize(driver, "desktop")
    driver.get(f"{(site / 'search.html').as_uri()}?q={words}")
    links = driver.execute_async_script(
        """
        const done = arguments[0];
        const look = () => {
          const ended = document.querySelector("#search-results .search-summary");
          const links = [...document.querySelectorAll("#search-results ul.search a")];
          if (ended && links.length) done(links.map((link) => link.href));
          else setTimeout(look, 50);
        };
        look();
        """
    )
    assert any(page in link for link in links), f"{words} is found in {links}"


def test_the_colours_follow_the_reader(site, driver):
    colour = "return getComputedStyle(document.body).backgroundColor"
    shades = {}
    for scheme in ("dark", "light"):
        prefer(driver, scheme)
        driver.get((site / "start.html").as_uri())
        red = re.findall(r"\d+", driver.execute_script(colour))[0]
        shades[scheme] = int(red)
    assert shades["dark"] < 64 < 192 < shades["light"], shades
