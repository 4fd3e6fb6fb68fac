"""The pages that several entries cite, and helpers to cite other pages."""

from servanda import Source, Words


def page(publisher: str, title: str, url: str, *, language: str | None = None, quotation: str | None = None) -> Source:
    """A page of a publisher."""
    return Source(title, url, publisher=publisher, language=language, quotation=quotation)


def page_in_japanese(publisher: str, title: str, url: str, *, quotation: str | None = None) -> Source:
    return page(publisher, title, url, language="ja", quotation=quotation)


def editorial(quotation: str | None = None) -> Source:
    """The editorial that quotes the words of 18 January 2013."""
    return page(
        "Voice of America",
        "U.S. - Japan Alliance Remains Cornerstone",
        "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
        quotation=quotation,
    )


def words(text: str, sentence: str) -> Words:
    """Words of 18 January 2013, with the sentence of the editorial that contains them."""
    return Words(text, editorial(sentence))


def diet_record(session: str, treaty: str, record: str) -> Source:
    """The record that the House of Representatives keeps of a treaty in one session of the Diet."""
    return page_in_japanese(
        "House of Representatives of Japan",
        f"Record of the {session} Diet on treaty no. {treaty}",
        f"https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/{record}.htm",
    )


def foreign_ministry(title: str, path: str) -> Source:
    return page("Ministry of Foreign Affairs of Japan", title, f"https://www.mofa.go.jp/{path}")


def prime_minister(title: str, path: str) -> Source:
    return page("Prime Minister's Office of Japan", title, f"https://japan.kantei.go.jp/{path}")


def japan_times(title: str, path: str) -> Source:
    return page("The Japan Times", title, f"https://www.japantimes.co.jp/{path}")


def ryukyu_shimpo(title: str, url: str) -> Source:
    return page("Ryukyu Shimpo", title, url)


# The press conference after the summit of 22 February 2013.
FEBRUARY_SUMMIT = prime_minister(
    "Press conference after the summit in Washington", "96_abe/statement/201302/22kaiken_e.html"
)

# Canada's timeline of the CPTPP.
CPTPP_TIMELINE = page(
    "Global Affairs Canada",
    "Timeline of the CPTPP",
    "https://international.gc.ca/trade-commerce/trade-agreements-accords-commerciaux/agr-acc/cptpp-ptpgp/"
    "timeline_negotiations-chronologie_negociations.aspx?lang=eng",
)

# The Roadmap of 2006, the basis of every later plan for the bases.
ROADMAP = japan_times(
    "Key points of the Japan-U.S. realignment road map",
    "news/2006/05/03/national/key-points-of-japan-u-s-realignment-road-map/",
)

# The joint statement of 8 February 2012, in a copy.
FEBRUARY_2012 = page(
    "Pacific Sentinel",
    "United States-Japan Joint Statement (copy of the text)",
    "http://pacificsentinel.blogspot.com/2012/02/usa-united-states-japan-joint-statement.html",
)

# The joint statement of 27 April 2012, in a copy.
APRIL_2012 = Source(
    "Joint statement of the Security Consultative Committee (copy of the text)",
    "http://k1fighter2.web.fc2.com/2plus2/2plus2_120427.htm",
)

# The announcement of 5 April 2013.
CONSOLIDATION_PLAN = page(
    "U.S. Embassy in Japan",
    "Realizing the Vision of the 2006 Realignment Roadmap: The Okinawa Consolidation Plan",
    "https://japan2.usembassy.gov/e/p/2013/tp-20130408-01.html",
)
