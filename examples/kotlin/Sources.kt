// The pages that more than one entry cites, and short ways to cite the others.

package servanda.examples.alliance

import servanda.Source
import servanda.Words

/** A page of a publisher. */
internal fun page(
    publisher: String,
    title: String,
    url: String,
    quotation: String? = null,
) = Source(title, url, publisher = publisher, quotation = quotation)

/** A page in Japanese. */
internal fun pageInJapanese(
    publisher: String,
    title: String,
    url: String,
    quotation: String? = null,
) = Source(title, url, publisher = publisher, language = "ja", quotation = quotation)

/** The editorial in which the words of 18 January 2013 can be read. */
internal val editorial =
    page(
        "Voice of America",
        "U.S. - Japan Alliance Remains Cornerstone",
        "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
    )

/** Words of 18 January 2013, with the sentence of the editorial in which they stand. */
internal fun words(
    text: String,
    sentence: String,
) = Words(text, editorial.copy(quotation = sentence))

/** The record that the House of Representatives keeps of a treaty in one session of the Diet. */
internal fun dietRecord(
    session: String,
    treaty: String,
    page: String,
) = pageInJapanese(
    "House of Representatives of Japan",
    "Record of the $session Diet on treaty no. $treaty",
    "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/$page.htm",
)

internal fun foreignMinistry(
    title: String,
    path: String,
) = page("Ministry of Foreign Affairs of Japan", title, "https://www.mofa.go.jp/$path")

internal fun primeMinister(
    title: String,
    path: String,
) = page("Prime Minister's Office of Japan", title, "https://japan.kantei.go.jp/$path")

internal fun japanTimes(
    title: String,
    path: String,
) = page("The Japan Times", title, "https://www.japantimes.co.jp/$path")

internal fun ryukyuShimpo(
    title: String,
    url: String,
) = page("Ryukyu Shimpo", title, url)

/** The press conference after the summit of 22 February 2013. */
internal val februarySummit =
    primeMinister("Press conference after the summit in Washington", "96_abe/statement/201302/22kaiken_e.html")

/** Canada's timeline of the CPTPP. */
internal val cptppTimeline =
    page(
        "Global Affairs Canada",
        "Timeline of the CPTPP",
        "https://international.gc.ca/trade-commerce/trade-agreements-accords-commerciaux/agr-acc/cptpp-ptpgp/" +
            "timeline_negotiations-chronologie_negociations.aspx?lang=eng",
    )

/** The Roadmap of 2006, on which every later plan for the bases rests. */
internal val roadmap =
    japanTimes(
        "Key points of the Japan-U.S. realignment road map",
        "news/2006/05/03/national/key-points-of-japan-u-s-realignment-road-map/",
    )

/** The joint statement of 8 February 2012, in a copy. */
internal val february2012 =
    page(
        "Pacific Sentinel",
        "United States-Japan Joint Statement (copy of the text)",
        "http://pacificsentinel.blogspot.com/2012/02/usa-united-states-japan-joint-statement.html",
    )

/** The joint statement of 27 April 2012, in a copy. */
internal val april2012 =
    Source(
        "Joint statement of the Security Consultative Committee (copy of the text)",
        "http://k1fighter2.web.fc2.com/2plus2/2plus2_120427.htm",
    )

/** What was announced on 5 April 2013. */
internal val consolidationPlan =
    page(
        "U.S. Embassy in Japan",
        "Realizing the Vision of the 2006 Realignment Roadmap: The Okinawa Consolidation Plan",
        "https://japan2.usembassy.gov/e/p/2013/tp-20130408-01.html",
    )

/** Of every treaty in the Diet. */
internal const val COMPLETE = "The record of the House has every step through both houses."
