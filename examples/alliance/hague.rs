//! The Hague Abduction Convention in the Diet: carried over, dropped, submitted again, approved on
//! the last possible day, in force.

use servanda::builtin::{self, diet_treaty_approval as diet};
use servanda::{
    Advance, Commitment, Obligation, Remark, Result,
    facts::{Attest, ClockRule, Deposit},
    procedure::Rule,
};

use super::desk::Desk;
use super::sources::{diet_record, editorial, foreign_ministry, japan_times, page, page_in_japanese};

pub(crate) const ID: &str = "jp/hague-convention";

pub(crate) fn record(desk: &mut Desk) -> Result<()> {
    let preparing =
        foreign_ministry("Cabinet approval of preparations for the Convention", "fp/hr_ha/page22e_000251.html")?;
    let convention = Commitment::builder(ID, "The 1980 Hague Abduction Convention in the Diet")
        .procedure(builtin::diet_treaty_approval())
        .by("jp")
        .made("2013-01-18")
        .obligation(Obligation::Consideration)
        .words("will consider", editorial()?)
        .to("us")
        .topic("family")
        .opening(diet::PREPARING, "2011-05-20", [preparing])
        // The Convention states when it enters into force for a state that joins, so a clock
        // takes that step.
        .rule(
            "entry-into-force",
            ClockRule::new("Hague Convention of 25 October 1980, art. 43(2)(1)", Rule::FirstOfMonth { count: 3 })?,
        );
    desk.register("2013-01-18", convention)?;

    statements(desk)?;
    first_attempt(desk)?;
    second_attempt(desk)?;
    after_approval(desk)
}

fn statements(desk: &mut Desk) -> Result<()> {
    let afp = page(
        "Tengrinews (AFP)",
        "Japan says will sign child abduction treaty",
        "https://en.tengrinews.kz/laws_initiatives/japan-says-will-sign-child-abduction-treaty-16143",
    )?
    .quoting(
        "The government of Japan is intending to go through the necessary procedures for early signing of the treaty",
    )?;
    let remark = Remark::builder(ID, "What the Foreign Minister was quoted as saying")
        .noting(
            "The words registered here are the weaker ones, \"will consider\". News reports of the meeting \
             quote the Foreign Minister with more: that the government intended to go through the procedures \
             for an early signing.",
        )
        .citing(afp)
        .citing(japan_times(
            "Japan to join child abduction treaty",
            "news/2013/01/20/national/japan-to-join-child-abduction-treaty/",
        )?);
    desk.on("2013-01-18", remark)
}

/// 2012, before the commitment was made.
fn first_attempt(desk: &mut Desk) -> Result<()> {
    let record = diet_record("180th", "7", "1DB091E")?;
    let bar = page_in_japanese(
        "Osaka Bar Association",
        "The Hague Convention",
        "http://www.osakaben.or.jp/01-aboutus/committee/room/hague/04.php",
    )?;
    desk.on("2012-03-09", Advance::builder(ID, diet::SUBMITTED).citing(record.clone()).citing(bar))?;
    desk.on("2012-08-28", Advance::builder(ID, diet::LOWER_FIRST_REFERRED).citing(record.clone()))?;
    desk.on("2012-09-07", Advance::builder(ID, diet::LOWER_CARRIED_OVER).citing(record))?;

    let record = diet_record("181st", "7 of the 180th", "1DB2B5E")?;
    desk.on("2012-10-29", Advance::builder(ID, diet::LOWER_FIRST_REFERRED).citing(record.clone()))?;
    // The clock alone would only presume the drop at the dissolution. This entry from the record of
    // the House confirms it.
    let dropped =
        Advance::builder(ID, diet::DROPPED).citing(record).noting("The House of Representatives was dissolved.");
    desk.on("2012-11-16", dropped)
}

/// 2013, after the commitment was made.
fn second_attempt(desk: &mut Desk) -> Result<()> {
    let record = diet_record("183rd", "1", "1DB429A")?;
    let submitted = Advance::builder(ID, diet::SUBMITTED).citing(record.clone()).citing(japan_times(
        "Cabinet OKs bills for Hague treaty",
        "news/2013/03/16/national/cabinet-oks-bills-for-hague-treaty/",
    )?);
    desk.on("2013-03-15", submitted)?;
    desk.on("2013-04-04", Advance::builder(ID, diet::LOWER_FIRST_REFERRED).citing(record.clone()))?;
    desk.on("2013-04-19", Advance::builder(ID, diet::LOWER_FIRST_REPORTED).citing(record.clone()))?;
    let passed = Advance::builder(ID, diet::LOWER_FIRST_PASSED).noting("Unanimously.").citing(record.clone()).citing(
        japan_times(
            "Lower House OKs ratification of child custody pact",
            "news/2013/04/23/national/politics-diplomacy/lower-house-oks-ratification-of-child-custody-pact/",
        )?,
    );
    desk.on("2013-04-23", passed)?;
    desk.on("2013-05-15", Advance::builder(ID, diet::UPPER_SECOND_REFERRED).citing(record.clone()))?;
    desk.on("2013-05-21", Advance::builder(ID, diet::UPPER_SECOND_REPORTED).citing(record.clone()))?;
    let approved = Advance::builder(ID, diet::APPROVED_BY_BOTH_HOUSES)
        .noting(
            "Unanimously, on the thirtieth day counting the day of receipt: the last on which a vote could be taken.",
        )
        .citing(record.clone())
        .citing(embassy()?);
    desk.on("2013-05-22", approved)?;
    let complete =
        Attest::builder(ID).citing(record).noting("The record of the House has every step through both houses.");
    desk.on("2013-05-22", complete)?;
    desk.on("2013-06-12", Remark::builder(ID, "The upper house passes the Implementing Act").citing(embassy()?))
}

fn after_approval(desk: &mut Desk) -> Result<()> {
    let signed = foreign_ministry("Signing and acceptance of the Convention", "press/release/press18e_000032.html")?;
    let deposit = Deposit::builder(ID, "jp").instrument("acceptance").citing(signed.clone()).noting(
        "The Ministry speaks of acceptance; the table of the Hague Conference on Private International Law \
         marks it as a ratification.",
    );
    desk.on("2014-01-24", deposit)?;
    let deposited = Advance::builder(ID, diet::DEPOSITED)
        .noting("The Cabinet decided on signature, acceptance and promulgation on the same day.")
        .citing(signed);
    desk.on("2014-01-24", deposited)?;
    // It enters into force on 1 April 2014 by the rule of the Convention.
    let authority = Remark::builder(ID, "Japan's Central Authority starts work").citing(foreign_ministry(
        "Entry into force of the Convention for Japan",
        "mofaj/press/release/press4_000804.html",
    )?);
    desk.on("2014-04-01", authority)
}

fn embassy() -> Result<servanda::Source> {
    page_in_japanese(
        "Embassy of Japan in the Netherlands",
        "The Hague Convention",
        "https://www.nl.emb-japan.go.jp/j/policy/hague_convention.html",
    )
}
