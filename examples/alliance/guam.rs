//! Relocation to Guam, and the agreement of 2009, which the Diet approved although one house
//! rejected it.

use servanda::builtin::{self, base_realignment as bases, diet_treaty_approval as diet};
use servanda::{Advance, Commitment, Obligation, Remark, Result, Source, facts::Attest};

use super::desk::Desk;
use super::okinawa::realignment;
use super::sources::{april_2012, diet_record, february_2012, page, page_in_japanese, roadmap};

pub(crate) const ID: &str = "us/base-realignment/guam-relocation";
pub(crate) const AGREEMENT: &str = "jp/guam-agreement-2009";

pub(crate) fn record(desk: &mut Desk) -> Result<()> {
    relocation(desk)?;
    agreement(desk)
}

fn relocation(desk: &mut Desk) -> Result<()> {
    let guam = realignment(ID, "Relocation of Marines from Okinawa to Guam")?.part_of(super::okinawa::ID).opening(
        bases::PLAN_AGREED,
        "2006-05-01",
        [roadmap()?, congressional_research()?],
    );
    desk.register("2013-01-18", guam)?;
    let delinked =
        Advance::builder(ID, bases::PLAN_AGREED).noting("It no longer waits for Futenma.").citing(february_2012()?);
    desk.on("2012-02-08", delinked)?;
    let smaller = Advance::builder(ID, bases::PLAN_AGREED)
        .noting("About 9,000 Marines are to leave Okinawa.")
        .citing(april_2012()?);
    desk.on("2012-04-27", smaller)?;
    let protocol = Remark::builder(ID, "A protocol that amends the agreement of 2009 is signed");
    desk.on("2013-10-03", protocol.citing(digest()?))?;
    let begins = Advance::builder(ID, bases::RELOCATION_UNDER_WAY)
        .noting(
            "About 100 logistics troops. This is the day announced; by the same report transfers had begun \
                 months before.",
        )
        .citing(page(
            "Stars and Stripes",
            "Marines begin relocation from Okinawa to Guam",
            "https://stripes.com/branches/marine_corps/2024-12-18/marines-relocation-guam-okinawa-16204078.html",
        )?);
    desk.on("2024-12-14", begins)
}

/// All of this happened before the ledger begins, so it is recorded on the first day of the ledger.
fn agreement(desk: &mut Desk) -> Result<()> {
    let title = "Concerning the Implementation of the Relocation of the III Marine Expeditionary Force \
                 Personnel and Their Dependents From Okinawa to Guam";
    let treaty = Commitment::builder(AGREEMENT, "The Guam Agreement of 2009 in the Diet")
        .procedure(builtin::diet_treaty_approval())
        .by("jp")
        .made("2009-02-17")
        .obligation(Obligation::Result)
        .words(title, congressional_research()?)
        .to("us")
        .part_of(ID)
        .topic("bases");
    desk.register("2013-01-18", treaty)?;
    let words = Remark::builder(AGREEMENT, "The words are from the agreement's title")
        .noting("It was signed in Tokyo on this day, which counts as the day the word was given.")
        .citing(congressional_research()?);
    desk.on("2009-02-17", words)?;

    let record = diet_record("171st", "1", "1DA5556")?;
    desk.on("2009-02-24", Advance::builder(AGREEMENT, diet::SUBMITTED).citing(record.clone()))?;
    desk.on("2009-03-26", Advance::builder(AGREEMENT, diet::LOWER_FIRST_REFERRED).citing(record.clone()))?;
    desk.on("2009-04-10", Advance::builder(AGREEMENT, diet::LOWER_FIRST_REPORTED).citing(record.clone()))?;
    desk.on("2009-04-14", Advance::builder(AGREEMENT, diet::LOWER_FIRST_PASSED).citing(record.clone()))?;
    desk.on("2009-04-15", Advance::builder(AGREEMENT, diet::UPPER_SECOND_REFERRED).citing(record.clone()))?;
    let reported =
        Advance::builder(AGREEMENT, diet::UPPER_SECOND_REPORTED).noting("Against approval.").citing(record.clone());
    desk.on("2009-05-12", reported)?;

    // Three steps on one day. They count in the order in which they are recorded.
    desk.on("2009-05-13", Advance::builder(AGREEMENT, diet::UPPER_SECOND_REJECTED).citing(record.clone()))?;
    let disagreed = diet_record("171st", "1, on which the Houses disagreed", "1DA60C2")?;
    desk.on("2009-05-13", Advance::builder(AGREEMENT, diet::CONFERENCE_FAILED).citing(disagreed))?;
    let approved = Advance::builder(AGREEMENT, diet::APPROVED_AFTER_REJECTION)
        .noting("The decision of the House of Representatives became that of the Diet.")
        .citing(record.clone())
        .citing(page_in_japanese(
            "QAB",
            "The Guam Agreement in the Diet",
            "http://www.qab.co.jp/news/200905139068.html",
        )?);
    desk.on("2009-05-13", approved)?;
    let complete =
        Attest::builder(AGREEMENT).citing(record).noting("The record of the House has every step through both houses.");
    desk.on("2009-05-13", complete)?;

    let in_force =
        Advance::builder(AGREEMENT, diet::IN_FORCE).noting("The sources at hand have the year only.").citing(digest()?);
    desk.on("2009", in_force)
}

fn congressional_research() -> Result<Source> {
    page(
        "Congressional Research Service",
        "Guam: U.S. Defense Deployments",
        "https://docslib.org/doc/6837447/guam-u-s-defense-deployments",
    )
}

fn digest() -> Result<Source> {
    page(
        "Lawi, from the Digest of United States Practice in International Law",
        "Protocol to the Guam International Agreement",
        "https://lawin.org/protocol-to-the-guam-international-agreement/",
    )
}
