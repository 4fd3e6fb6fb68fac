//! The pages that several entries cite, and helpers to cite other pages.

use servanda::{Result, Source};

/// A page of a publisher.
pub(crate) fn page(publisher: &str, title: &str, url: &str) -> Result<Source> {
    Ok(Source::new(title, url)?.published_by(publisher)?)
}

/// A page in Japanese.
pub(crate) fn page_in_japanese(publisher: &str, title: &str, url: &str) -> Result<Source> {
    Ok(page(publisher, title, url)?.in_language("ja")?)
}

/// The editorial that quotes the words of 18 January 2013.
pub(crate) fn editorial() -> Result<Source> {
    page(
        "Voice of America",
        "U.S. - Japan Alliance Remains Cornerstone",
        "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
    )
}

/// The same editorial, with a sentence quoted.
pub(crate) fn editorial_with(sentence: &str) -> Result<Source> {
    Ok(editorial()?.quoting(sentence)?)
}

/// The record that the House of Representatives keeps of a treaty in one session of the Diet.
pub(crate) fn diet_record(session: &str, treaty: &str, page: &str) -> Result<Source> {
    page_in_japanese(
        "House of Representatives of Japan",
        &format!("Record of the {session} Diet on treaty no. {treaty}"),
        &format!("https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/{page}.htm"),
    )
}

pub(crate) fn foreign_ministry(title: &str, path: &str) -> Result<Source> {
    page("Ministry of Foreign Affairs of Japan", title, &format!("https://www.mofa.go.jp/{path}"))
}

pub(crate) fn prime_minister(title: &str, path: &str) -> Result<Source> {
    page("Prime Minister's Office of Japan", title, &format!("https://japan.kantei.go.jp/{path}"))
}

pub(crate) fn japan_times(title: &str, path: &str) -> Result<Source> {
    page("The Japan Times", title, &format!("https://www.japantimes.co.jp/{path}"))
}

pub(crate) fn ryukyu_shimpo(title: &str, url: &str) -> Result<Source> {
    page("Ryukyu Shimpo", title, url)
}

/// The press conference after the summit of 22 February 2013.
pub(crate) fn february_summit() -> Result<Source> {
    prime_minister("Press conference after the summit in Washington", "96_abe/statement/201302/22kaiken_e.html")
}

/// Canada's timeline of the CPTPP.
pub(crate) fn cptpp_timeline() -> Result<Source> {
    page(
        "Global Affairs Canada",
        "Timeline of the CPTPP",
        "https://international.gc.ca/trade-commerce/trade-agreements-accords-commerciaux/agr-acc/cptpp-ptpgp/\
         timeline_negotiations-chronologie_negociations.aspx?lang=eng",
    )
}

/// The Roadmap of 2006, the basis of every later plan for the bases.
pub(crate) fn roadmap() -> Result<Source> {
    japan_times(
        "Key points of the Japan-U.S. realignment road map",
        "news/2006/05/03/national/key-points-of-japan-u-s-realignment-road-map/",
    )
}

/// The joint statement of 8 February 2012, in a copy.
pub(crate) fn february_2012() -> Result<Source> {
    page(
        "Pacific Sentinel",
        "United States-Japan Joint Statement (copy of the text)",
        "http://pacificsentinel.blogspot.com/2012/02/usa-united-states-japan-joint-statement.html",
    )
}

/// The joint statement of 27 April 2012, in a copy.
pub(crate) fn april_2012() -> Result<Source> {
    Ok(Source::new(
        "Joint statement of the Security Consultative Committee (copy of the text)",
        "http://k1fighter2.web.fc2.com/2plus2/2plus2_120427.htm",
    )?)
}

/// The announcement of 5 April 2013.
pub(crate) fn consolidation_plan() -> Result<Source> {
    page(
        "U.S. Embassy in Japan",
        "Realizing the Vision of the 2006 Realignment Roadmap: The Okinawa Consolidation Plan",
        "https://japan2.usembassy.gov/e/p/2013/tp-20130408-01.html",
    )
}
