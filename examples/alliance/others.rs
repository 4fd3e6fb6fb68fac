//! The four commitments without a legal procedure: the Security Council, the abductees, the Senkaku
//! Islands, the visit.

use servanda::builtin::{self, action};
use servanda::{Advance, Commitment, Obligation, Remark, Result, Source};

use super::desk::Desk;
use super::sources::{
    editorial, editorial_with, february_summit, foreign_ministry, japan_times, page, page_in_japanese,
};

pub(crate) const SECURITY_COUNCIL: &str = "us-jp/security-council";
pub(crate) const ABDUCTEES: &str = "us/abductees";
pub(crate) const SENKAKU: &str = "us/senkaku";
pub(crate) const VISIT: &str = "us/abe-visit";

pub(crate) fn record(desk: &mut Desk) -> Result<()> {
    security_council(desk)?;
    abductees(desk)?;
    senkaku(desk)?;
    visit(desk)
}

fn security_council(desk: &mut Desk) -> Result<()> {
    let sentence = "The two diplomats also discussed their joint commitment to strong action by the United \
                    Nations Security Council in response to North Korea's December 12 launch using ballistic \
                    missile technology.";
    let title = "Strong action by the UN Security Council on the launch of 12 December 2012";
    let commitment = Commitment::builder(SECURITY_COUNCIL, title)
        .procedure(builtin::action())
        .by("us")
        .made("2013-01-18")
        .obligation(Obligation::Result)
        .words("joint commitment to", editorial_with(sentence)?)
        .by("jp")
        .topic("north-korea");
    desk.register("2013-01-18", commitment)?;
    let resolution =
        Advance::builder(SECURITY_COUNCIL, action::DONE).noting("Resolution 2087, adopted unanimously.").citing(page(
            "United Nations",
            "Statement attributable to the Spokesperson for the Secretary-General on the resolution",
            "https://www.un.org/sg/en/content/sg/statement/2013-01-22/statement-attributable-spokesperson-secretary-general-resolution",
        )?);
    desk.on("2013-01-22", resolution)
}

fn abductees(desk: &mut Desk) -> Result<()> {
    let sentence = "Secretary Clinton reiterated U.S. support in Japan's efforts to return Japanese citizens \
                    who have been abducted by North Korea.";
    let commitment = Commitment::builder(ABDUCTEES, "Return of Japanese citizens abducted by North Korea")
        .procedure(builtin::action())
        .by("us")
        .made("2013-01-18")
        .obligation(Obligation::Conduct)
        .words("support", editorial_with(sentence)?)
        .to("jp")
        .topic("north-korea");
    desk.register("2013-01-18", commitment)?;
    let meeting = Advance::builder(ABDUCTEES, action::UNDER_WAY)
        .noting(
            "President Obama meets families of the abductees in Tokyo and says that the United States will \
             help to resolve the matter: the first act of support that the sources at hand date. It need not \
             have been the first.",
        )
        .citing(japan_times(
            "Obama meets abductees' kin, pledges to help solve issue",
            "news/2014/04/24/national/obama-meets-abductees-kin-pledges-help-solve-issue/",
        )?);
    desk.on("2014-04-24", meeting)?;
    let inquiry = Remark::builder(ABDUCTEES, "North Korea agrees to investigate the abductions again")
        .noting("Announced by both countries. Neither is the party that gave this word.")
        .citing(page(
            "The Mainichi",
            "North Korea agrees to reinvestigate the abductions",
            "http://mainichi.jp/english/english/newsselect/news/20140529p2g00m0dm059000c.html",
        )?)
        .citing(page(
            "NDTV",
            "North Korea to investigate kidnappings of Japanese citizens",
            "http://www.ndtv.com/world-news/north-korea-to-investigate-kidnappings-of-japanese-citizens-564539",
        )?);
    desk.on("2014-05-29", inquiry)
}

/// Repeating a position does not change the status, so a restatement is a remark.
fn senkaku(desk: &mut Desk) -> Result<()> {
    let sentence = "The United States does not take a position on the sovereignty of the islands, though it \
                    acknowledges Japanese administration and opposes unilateral action that would undermine it";
    let title = "No position on sovereignty of the Senkaku Islands; opposition to unilateral action";
    let commitment = Commitment::builder(SENKAKU, title)
        .procedure(builtin::position())
        .by("us")
        .made("2013-01-18")
        .obligation(Obligation::Position)
        .words("reiterated", editorial_with(sentence)?)
        .to("jp")
        .topic("security");
    desk.register("2013-01-18", commitment)?;
    let in_tokyo = Remark::builder(SENKAKU, "President Obama restates it in Tokyo")
        .noting("Article 5 of the security treaty covers the islands; no position on sovereignty.")
        .citing(japan_times(
            "Obama tells Abe security treaty covers Senkakus",
            "news/2014/04/24/national/obama-tells-abe-security-treaty-covers-senkakus/",
        )?)
        .citing(page(
            "U.S. Pacific Command",
            "Obama: U.S. treaty commitment to Japan is absolute",
            "https://www.pacom.mil/Media/News/Article/564126/obama-us-treaty-commitment-to-japan-is-absolute/",
        )?);
    desk.on("2014-04-24", in_tokyo)?;
    let in_washington =
        Remark::builder(SENKAKU, "Restated during Prime Minister Abe's visit to Washington").citing(page(
            "Ryan Scoville",
            "Further U.S. Assurances on the Senkaku Islands",
            "https://ryanscoville.com/2015/05/01/further-u-s-assurances-on-the-senkaku-islands/",
        )?);
    desk.on("2015-04-28", in_washington)
}

fn visit(desk: &mut Desk) -> Result<()> {
    let commitment = Commitment::builder(VISIT, "A visit of Prime Minister Abe to Washington in February")
        .procedure(builtin::action())
        .by("us")
        .made("2013-01-18")
        .obligation(Obligation::Result)
        .words("has invited", editorial()?)
        .by("jp")
        .topic("alliance")
        .deadline("2013-02");
    desk.register("2013-01-18", commitment)?;
    let third_week =
        Remark::builder(VISIT, "Both sides speak of the third week of February").citing(kishida()?).citing(
            foreign_ministry("Japan-U.S. Foreign Ministers' Meeting (Summary)", "region/n-america/us/130118_01.html")?,
        );
    desk.on("2013-01-18", third_week)?;
    desk.on("2013-02-22", Advance::builder(VISIT, action::DONE).citing(february_summit()?))
}

fn kishida() -> Result<Source> {
    let summary = page_in_japanese("Fumio Kishida", "日米外相会談", "https://kishida.gr.jp/activity/464")?;
    Ok(summary.quoting("双方は,2月第三週に安倍総理が訪米し")?)
}
