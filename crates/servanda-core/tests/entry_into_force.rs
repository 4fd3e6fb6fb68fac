//! Entry into force of treaties.
//!
//! The tests check the built-in rules against real events, and the behaviour of every kind of rule.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/treaties.rs"]
mod treaties;

use std::fmt::Write as _;

use common::day;
use servanda_core::{ClockRule, Commitment, Day, EntryIntoForce, Instrument, builtin};
use treaties::{days, deposits, treaty};

/// Returns the conditions that were not met on a day, or "nothing".
fn missing(rule: &EntryIntoForce, text: &str, as_of: &str) -> String {
    rule.apply(&deposits(text), Some(day(as_of))).missing.unwrap_or_else(|| "nothing".to_owned())
}

#[test]
fn the_built_in_treaties_pass_their_check() {
    let ids: Vec<&str> = builtin::treaties().iter().map(|treaty| treaty.id.as_str()).collect();
    assert_eq!(ids, ["cptpp", "hague-1980", "paris", "tpp"]);
    for treaty in builtin::treaties() {
        assert_eq!(treaty.check(), []);
        let json = serde_json::to_string(treaty).unwrap();
        assert_eq!(&serde_json::from_str::<EntryIntoForce>(&json).unwrap(), treaty);
        assert!(!treaty.references.is_empty() && treaty.title.len() == 2, "{}", treaty.id);
    }
}

// Sources:
// - France and Canada: Tractatenblad 2006, 87,
//   https://zoek.officielebekendmakingen.nl/trb-2006-87.HTML
// - Portugal: https://dre.tretas.org/dre/149089/aviso-7-2002-de-7-de-fevereiro
// - These three as the first parties: https://www.hcch.net/de/news-archive/details/?varevent=338
const FIRST_THREE: &str =
    "France 1982-09-16 ratification; Canada 1983-06-02 ratification; Portugal 1983-09-29 ratification";

#[test]
fn the_hague_convention_entered_into_force_with_the_third_deposit() {
    let hague = builtin::hague_1980();
    assert_eq!(days(hague, FIRST_THREE), "1983-12-01; France 1983-12-01; Canada 1983-12-01; Portugal 1983-12-01");
    assert_eq!(
        hague.apply(&deposits(FIRST_THREE), None).why.unwrap(),
        "on the first day of the third month after 1983-09-29, when Portugal made the third deposit: \
         Hague Convention of 25 October 1980, art. 43(1)"
    );
}

#[test]
fn the_hague_convention_enters_into_force_later_for_later_parties() {
    // Sources: Tractatenblad 2006, 87. For Japan:
    // - https://www.mofa.go.jp/press/release/press18e_000032.html
    // - https://www.mofa.go.jp/mofaj/press/release/press4_000804.html
    for (deposit, in_force) in [
        ("Hungary 1986-04-07 accession", "1986-07-01"),
        ("Luxembourg 1986-10-08", "1987-01-01"),
        ("Australia 1986-10-29", "1987-01-01"),
        ("Belize 1989-06-22 accession", "1989-09-01"),
        ("Germany 1990-09-27", "1990-12-01"),
        ("Denmark 1991-04-17", "1991-07-01"),
        ("Argentina 1991-03-19", "1991-06-01"),
        ("Honduras 1993-12-20 accession", "1994-03-01"),
        ("Chile 1994-02-23 accession", "1994-05-01"),
        ("Colombia 1995-12-13 accession", "1996-03-01"),
        ("Belgium 1999-02-09", "1999-05-01"),
        ("Latvia 2001-11-15 accession", "2002-02-01"),
        ("Guatemala 2002-02-06 accession", "2002-05-01"),
        ("Japan 2014-01-24 acceptance", "2014-04-01"),
    ] {
        let found = builtin::hague_1980().apply(&deposits(&format!("{FIRST_THREE}; {deposit}")), None);
        assert_eq!(found.parties.last().unwrap().in_force, Some(day(in_force)), "{deposit}");
        assert_eq!(found.general, Some(day("1983-12-01")), "{deposit}");
    }
}

#[test]
fn an_accession_names_its_limits_and_a_succession_has_no_day() {
    let why = |deposit: &str| {
        let found = builtin::hague_1980().apply(&deposits(&format!("{FIRST_THREE}; {deposit}")), None);
        let party = found.parties.last().unwrap().clone();
        (party.in_force, party.why)
    };
    let (in_force, reason) = why("Chile 1994-02-23 accession");
    assert_eq!(in_force, Some(day("1994-05-01")));
    assert_eq!(
        reason,
        "on the first day of the third month after its own deposit: Hague Convention of 25 October 1980, art. 38; \
         only towards those States that have accepted its accession"
    );
    // Tractatenblad 2006, 87 says that the convention has been in force for Croatia since 25 June
    // 1991, the day of succession. That day does not follow from the deposit.
    let (in_force, reason) = why("Croatia 1993-04-05 succession");
    assert_eq!(in_force, None);
    assert!(reason.starts_with("no day follows from the deposit: a successor State"));
}

#[test]
fn a_denunciation_of_the_hague_convention_takes_effect_at_the_end_of_five_years() {
    let hague = builtin::hague_1980();
    // These denunciations are invented; the sources above list none.
    for (notice, until) in [
        ("1988-06-01", "1988-12-01"),
        ("1988-06-02", "1993-12-01"),
        ("1983-12-01", "1988-12-01"),
        ("2014-01-24", "2018-12-01"),
    ] {
        let found = days(hague, &format!("{FIRST_THREE}; France {notice} denunciation"));
        assert!(found.contains(&format!("France 1983-12-01 to {until};")), "{notice}: {found}");
    }
}

// The official timelines of Canada and New Zealand, as restated in examples/alliance/cptpp.rs.
const CPTPP: &str =
    "Mexico 2018-06-28; Japan 2018-07-06; Singapore 2018-07-19; New_Zealand 2018-10-25; Canada 2018-10-29;
    Australia 2018-10-31; Viet_Nam 2018-11-15; Peru 2021-07-21; Malaysia 2022-09-30; Chile 2022-12-23;
    Brunei_Darussalam 2023-05-13";

#[test]
fn the_cptpp_entered_into_force_for_all_eleven() {
    let expected = "2018-12-30; Mexico 2018-12-30; Japan 2018-12-30; Singapore 2018-12-30; New Zealand 2018-12-30; \
                    Canada 2018-12-30; Australia 2018-12-30; Viet Nam 2019-01-14; Peru 2021-09-19; Malaysia 2022-11-29; \
                    Chile 2023-02-21; Brunei Darussalam 2023-07-12";
    assert_eq!(days(builtin::cptpp(), CPTPP), expected);
}

#[test]
fn the_cptpp_parties_in_the_records_come_out_as_recorded() {
    let Some(text) = common::records("alliance/cptpp_parties.csv") else { return };
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("party,notified,in_force,note"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let notified: Vec<Instrument> = rows.iter().map(|row| Instrument::new(row[0], day(row[1])).unwrap()).collect();
    let answer = builtin::cptpp().apply(&notified, None);
    let found: Vec<(String, Option<Day>)> =
        answer.parties.into_iter().map(|party| (party.party.to_string(), party.in_force)).collect();
    let recorded: Vec<(String, Option<Day>)> = rows.iter().map(|row| (row[0].to_owned(), Some(day(row[2])))).collect();
    assert_eq!((found.len(), found), (11, recorded));
}

#[test]
fn before_the_sixth_deposit_the_cptpp_says_how_many_are_missing() {
    for (on, expected) in [
        ("2018-06-27", "6 more deposits (0 of 6): CPTPP, art. 3(1)"),
        ("2018-06-28", "5 more deposits (1 of 6): CPTPP, art. 3(1)"),
        ("2018-10-30", "1 more deposit (5 of 6): CPTPP, art. 3(1)"),
        ("2018-10-31", "nothing"),
    ] {
        assert_eq!(missing(builtin::cptpp(), CPTPP, on), expected, "{on}");
    }
    // A day that is determined is known before it comes.
    let known = builtin::cptpp().apply(&deposits(CPTPP), Some(day("2018-11-15")));
    assert_eq!((known.general, known.parties.len()), (Some(day("2018-12-30")), 7));
    assert_eq!(known.parties[6].in_force, Some(day("2019-01-14")));
}

#[test]
fn a_party_that_did_not_sign_the_cptpp_does_not_count() {
    let five = "mx 2018-06-28; JAPAN 2018-07-06; Singapore 2018-07-19; Vietnam 2018-10-25; Brunei 2018-10-29";
    let found =
        builtin::cptpp().apply(&deposits(&format!("{five}; United_Kingdom 2018-10-30; Japan 2018-10-31")), None);
    assert_eq!(found.missing.unwrap(), "1 more deposit (5 of 6): CPTPP, art. 3(1)");
    assert_eq!(
        found.parties[5].why,
        "the treaty is not in force; it is not listed as a signatory, and only signatories count: CPTPP, art. 3(1); on \
         accession: CPTPP, art. 5"
    );
    assert_eq!(
        found.unused[0].reason,
        "Japan deposits on 2018-10-31, and has deposited on 2018-07-06 already; the first deposit counts"
    );
    let found = builtin::cptpp().apply(&deposits(&format!("{five}; Peru 2018-10-30 accession")), None);
    assert_eq!(found.general, None);
}

// Sources:
// - https://www.mofa.go.jp/mofaj/press/release/press4_004187.html
// - http://loc.gov/law/foreign-news/article/new-zealand-ratification-of-trans-pacific-partnership-agreement-completed/
const TPP: &str = "Japan 2017-01-20; New_Zealand 2017-05-11";

#[test]
fn the_tpp_never_entered_into_force_and_the_answer_says_what_was_missing() {
    let rest = "85 % more of the combined GDP of the original signatories in 2013 (0 of 85 %";
    let without = ", without Japan and New Zealand, whose share is not given)";
    for (on, expected) in [
        (
            "2016-12-31",
            format!(
                "12 more deposits (0 of 12): TPP, art. 30.5(1); or 6 more deposits (0 of 6) and {rest}), by 2018-02-04: TPP, art. 30.5(2)"
            ),
        ),
        (
            "2018-02-03",
            format!(
                "10 more deposits (2 of 12): TPP, art. 30.5(1); or 4 more deposits (2 of 6) and {rest}{without}, by 2018-02-04: TPP, art. 30.5(2)"
            ),
        ),
        (
            "2018-02-04",
            format!(
                "10 more deposits (2 of 12): TPP, art. 30.5(1); or 4 more deposits (2 of 6) and {rest}{without}: TPP, art. 30.5(3)"
            ),
        ),
    ] {
        assert_eq!(missing(builtin::tpp(), TPP, on), expected, "{on}");
    }
    assert_eq!(days(builtin::tpp(), TPP), "-; Japan -; New Zealand -");
}

#[test]
fn the_second_rule_of_the_tpp_applies_only_after_two_years() {
    let tpp = builtin::tpp();
    // The shares are invented.
    let five = "Japan 2017-01-20 20; Canada 2017-01-21 5; Chile 2017-01-22 2; Peru 2017-01-23 2; Mexico 2017-01-24 1";
    let in_time = format!("{five}; United_States 2018-02-04 55");
    assert_eq!(tpp.apply(&deposits(&in_time), None).general, Some(day("2018-04-05")));
    assert_eq!(
        tpp.apply(&deposits(&in_time), None).why.unwrap(),
        "60 days after 2018-02-04, when the 2 years from signature ended with 6 deposits and 85 % of \
         the combined GDP of the original signatories in 2013: TPP, art. 30.5(2)"
    );
    let early = format!("{five}; United_States 2017-06-01 55");
    assert_eq!(tpp.apply(&deposits(&early), None).general, Some(day("2018-04-05")));
    assert!(
        missing(tpp, &early, "2018-02-03")
            .ends_with("or the end of the 2 years from signature, on 2018-02-04: TPP, art. 30.5(2)")
    );
    let late = format!("{five}; United_States 2018-02-05 55");
    assert_eq!(tpp.apply(&deposits(&late), None).general, Some(day("2018-04-06")));
    assert!(tpp.apply(&deposits(&late), None).why.unwrap().ends_with("TPP, art. 30.5(3)"));
    // The share is just below the threshold.
    let below = format!("{five}; United_States 2018-02-04 54.999");
    assert!(missing(tpp, &below, "2018-02-04").contains("; or 0.001 % more of the combined GDP"));
}

#[test]
fn all_twelve_bring_the_tpp_into_force_before_the_two_years_are_over() {
    let all = "Australia 2016-03-01; Brunei 2016-03-01; Canada 2016-03-01; Chile 2016-03-01; Japan 2016-03-01;
        Malaysia 2016-03-01; Mexico 2016-03-01; New_Zealand 2016-03-01; Peru 2016-03-01; Singapore 2016-03-01;
        USA 2016-05-31; Vietnam 2016-03-01";
    let found = builtin::tpp().apply(&deposits(all), None);
    assert_eq!(found.general, Some(day("2016-07-30")));
    assert_eq!(
        found.why.unwrap(),
        "60 days after 2016-05-31, when USA deposited, which made 12 deposits: TPP, art. 30.5(1)"
    );
}

#[test]
fn a_later_party_of_the_tpp_has_no_day_until_the_commission_decides() {
    let six = "Japan 2017-01-20 20; Canada 2017-01-21 5; Chile 2017-01-22 2; Peru 2017-01-23 2; Mexico 2017-01-24 1;
        United_States 2017-06-01 55";
    let found = builtin::tpp().apply(&deposits(&format!("{six}; Malaysia 2019-01-01 1")), None);
    let malaysia = found.parties.last().unwrap();
    assert_eq!(malaysia.in_force, None);
    assert_eq!(
        malaysia.why,
        "no day follows from the deposit alone, the Commission has to determine that it does; then 30 days after that, \
         unless otherwise agreed: TPP, art. 30.5(4), (5)"
    );
}

/// Deposits of this many invented parties with equal shares, on one day.
fn parties(count: u32, on: &str, share: &str) -> String {
    (1..=count).map(|party| format!("Party_{party} {on} {share}; ")).collect()
}

#[test]
fn the_paris_agreement_needs_both_55_parties_and_55_per_cent() {
    let paris = builtin::paris();
    // Source: http://unfccc.int/paris_agreement/items/9444.php. The conditions were met on 5
    // October 2016, and the agreement entered into force on 4 November 2016.
    let met = parties(55, "2016-10-05", "1");
    assert_eq!(paris.apply(&deposits(&met), None).general, Some(day("2016-11-04")));
    for (few, expected) in [
        (parties(54, "2016-10-05", "2"), "1 more deposit (54 of 55): Paris Agreement, art. 21(1)"),
        (
            parties(55, "2016-10-05", "0.99"),
            "0.55 % more of total global greenhouse gas emissions (54.45 of 55 %): Paris Agreement, art. 21(1)",
        ),
    ] {
        assert_eq!(missing(paris, &few, "2016-10-05"), expected);
    }
    // The agreement is in force for the Union, but its instrument counts neither as a party nor
    // with a share.
    let union = format!("{}European_Union 2016-10-04 12", parties(54, "2016-10-05", "1"));
    assert_eq!(paris.apply(&deposits(&union), None).general, None);
    let found = days(paris, &format!("European_Union 2016-10-05 12; {met}"));
    assert!(found.contains("; European Union 2016-11-04"), "{found}");
}

#[test]
fn the_united_states_left_the_paris_agreement_and_came_back() {
    // Sources:
    // - https://www.un.org/sg/en/content/sg/note-correspondents/2019-11-04/note-correspondents-response-questions-about-us-withdrawal-the-paris-agreement
    // - http://www.ramanmedianetwork.com/u-s-returns-to-paris-agreement-on-climate-change/
    let others = parties(55, "2016-10-05", "1");
    let story = "US 2016-09-03 acceptance 17; US 2019-11-04 withdrawal; US 2021-01-20 acceptance 17";
    let found = days(builtin::paris(), &format!("{others}{story}"));
    assert!(found.contains("; US 2016-11-04 to 2020-11-04; ") && found.ends_with("; US 2021-02-19"), "{found}");
    // One day earlier the notice cannot be given.
    let found =
        builtin::paris().apply(&deposits(&format!("{others}{}", story.replace("2019-11-04", "2019-11-03"))), None);
    let first = found.parties.iter().find(|party| party.party == "US").unwrap();
    assert_eq!(first.until, None);
    assert!(first.why.ends_with("; its notice of 2019-11-03 has no effect, notice can be given from 2019-11-04 on: Paris Agreement, art. 28(1), (2)"));
}

/// Article 126 of the Rome Statute: the first day of the month after the 60th day following the
/// 60th deposit, and the same after each later deposit.
/// <https://zaki.ru/pagesnew.php?id=1061&page=105>
const ROME: &str = "\
id = 'rome-statute'
title = { en = 'Rome Statute of the International Criminal Court' }
[[general]]
basis = 'Rome Statute, art. 126(1)'
deposits = 60
rule = { first-of-month-after-days = { count = 60 } }
[later]
basis = 'Rome Statute, art. 126(2)'
rule = { first-of-month-after-days = { count = 60 } }
";

#[test]
fn the_rome_statute_enters_into_force_on_the_first_day_of_a_month() {
    let rome = EntryIntoForce::from_toml("rome-statute.toml", ROME).unwrap();
    // The conditions were met on 11 April 2002, and the statute entered into force on 1 July:
    // http://the-uncensored-wiki.com:20091/2009-wikipedia_en_wp1-0.7_2009-05/A/Rome_Statute.html
    // The parties with a name and their days are from
    // https://hyperlinked.wiki/wiki.php?slug=States_parties_to_the_Rome_Statute_of_the_International_Criminal_Court
    // The other deposits stand for those of the first sixty.
    let first = format!("Andorra 2001-04-30 ratification; {}", parties(59, "2002-04-11", ""));
    for (deposit, in_force) in [
        ("Australia 2002-07-01", "2002-09-01"),
        ("Albania 2003-01-31", "2003-05-01"),
        ("Afghanistan 2003-02-10 accession", "2003-05-01"),
        ("Bangladesh 2010-03-23", "2010-06-01"),
        ("Armenia 2023-11-14", "2024-02-01"),
    ] {
        let found = rome.apply(&deposits(&format!("{first}; {deposit}")), None);
        assert_eq!((found.general, found.parties[0].in_force), (Some(day("2002-07-01")), Some(day("2002-07-01"))));
        let party = found.parties.last().unwrap();
        assert_eq!(party.in_force, Some(day(in_force)), "{deposit}");
        assert_eq!(
            party.why,
            "on the first day of the month after the 60th day after its own deposit: Rome Statute, art. 126(2)"
        );
    }
}

#[test]
fn a_party_that_withdraws_before_the_conditions_are_met_does_not_count() {
    let treaty = treaty("deposits = 2", "{ days = { count = 10 } }");
    for (story, expected) in [
        ("a 2001-01-01; a 2001-01-02 withdrawal; b 2001-01-03", "-; a -; b -"),
        ("a 2001-01-01; b 2001-01-03; a 2001-01-03 withdrawal", "-; a -; b -"),
        // After the conditions are met, it changes nothing for the others. The rule gives no day
        // for the withdrawing party.
        ("a 2001-01-01; b 2001-01-03; a 2001-01-04 withdrawal", "2001-01-13; a -; b 2001-01-13"),
        ("a 2001-01-01; b 2001-01-03; a 2002-01-04 withdrawal", "2001-01-13; a 2001-01-13; b 2001-01-13"),
        // The party can deposit again.
        (
            "a 2001-01-01; a 2001-01-02 withdrawal; a 2001-01-05; b 2001-01-04",
            "2001-01-15; a -; b 2001-01-15; a 2001-01-15",
        ),
        ("a 2001-01-01 withdrawal", "-"),
    ] {
        assert_eq!(days(&treaty, story), expected, "{story}");
    }
}

#[test]
fn days_are_right_at_short_months_and_leap_days() {
    for (rule, met, in_force) in [
        ("{ months = { count = 1 } }", "2001-01-31", "2001-02-28"),
        ("{ months = { count = 1 } }", "2004-01-31", "2004-02-29"),
        ("{ months = { count = 12 } }", "2004-02-29", "2005-02-28"),
        ("{ months = { count = 3 } }", "2003-11-30", "2004-02-29"),
        ("{ days = { count = 60 } }", "2004-01-01", "2004-03-01"),
        ("{ days = { count = 60 } }", "2003-01-01", "2003-03-02"),
        ("{ days = { count = 1, first_day_counts = true } }", "2003-01-01", "2003-01-01"),
        ("{ full-days = { count = 30 } }", "2003-01-01", "2003-02-01"),
        ("{ weeks = { count = 6 } }", "2003-12-31", "2004-02-11"),
        ("{ years = { count = 1 } }", "2003-02-28", "2004-02-28"),
        ("{ years = { count = 1 } }", "2004-02-29", "2005-02-28"),
        ("{ years = { count = 4 } }", "2004-02-29", "2008-02-29"),
        ("{ first-of-month-after-days = { count = 60 } }", "2003-12-31", "2004-03-01"),
        ("{ first-of-month-after-days = { count = 60 } }", "2004-01-02", "2004-04-01"),
        ("{ first-of-month = { count = 1 } }", "2003-12-31", "2004-01-01"),
        ("{ first-of-month = { count = 3 } }", "2003-12-01", "2004-03-01"),
    ] {
        let found = treaty("deposits = 1", rule).apply(&deposits(&format!("a {met}")), None);
        assert_eq!(found.general, Some(day(in_force)), "{rule} after {met}");
    }
    // The day would be after the last supported year.
    let never = treaty("deposits = 1", "{ days = { count = 60 } }").apply(&deposits("a 9999-12-01"), None);
    assert_eq!((never.general, never.missing.as_deref()), (None, Some("a day before the year 10000: art. 9(1)")));
}

#[test]
fn a_percentage_of_the_signatories_is_rounded_up_and_the_smaller_number_counts() {
    let rule = "{ days = { count = 1 } }";
    for (general, needed) in [
        ("deposits = 4\nor_percent_of_signatories = 50", 3),
        ("deposits = 2\nor_percent_of_signatories = 50", 2),
        ("or_percent_of_signatories = 40", 2),
        ("or_percent_of_signatories = 41", 3),
        ("all_signatories = true", 5),
    ] {
        let treaty = treaty(general, rule);
        let enough = parties(needed, "2001-01-01", "");
        assert_eq!(treaty.apply(&deposits(&enough), None).general, Some(day("2001-01-02")), "{general}");
        let few = parties(needed - 1, "2001-01-01", "");
        assert_eq!(treaty.apply(&deposits(&few), None).general, None, "{general}");
    }
}

#[test]
fn the_earlier_of_two_alternatives_counts() {
    let text = "id = 'treaty'\ntitle = { en = 'A treaty' }\n\
        [[general]]\nbasis = 'art. 9(1)'\ndeposits = 2\nrule = { months = { count = 6 } }\n\
        [[general]]\nbasis = 'art. 9(2)'\ndeposits = 3\nrule = { days = { count = 10 } }\n";
    let treaty = EntryIntoForce::from_toml("treaty.toml", text).unwrap();
    assert_eq!(days(&treaty, "a 2001-01-01; b 2001-01-02"), "2001-07-02; a 2001-07-02; b 2001-07-02");
    let three = days(&treaty, "a 2001-01-01; b 2001-01-02; c 2001-02-01");
    assert_eq!(three, "2001-02-11; a 2001-02-11; b 2001-02-11; c 2001-02-11");
    // No party is bound before the treaty is in force.
    let later = format!("{text}[later]\nbasis = 'art. 9(3)'\nrule = {{ days = {{ count = 30 }} }}\n");
    let found = EntryIntoForce::from_toml("treaty.toml", &later).unwrap();
    let found = found.apply(&deposits("a 2001-01-01; b 2001-01-02; c 2001-07-01; d 2001-06-25"), None);
    let reasons: Vec<(Option<Day>, &str)> =
        found.parties.iter().skip(2).map(|party| (party.in_force, party.why.as_str())).collect();
    let own = "30 days after its own deposit: art. 9(3)";
    assert_eq!(reasons, [(Some(day("2001-07-25")), own), (Some(day("2001-07-31")), own)]);
    // The rule gives no day for later parties.
    assert_eq!(
        days(&treaty, "a 2001-01-01; b 2001-01-02; c 2001-12-01"),
        "2001-07-02; a 2001-07-02; b 2001-07-02; c -"
    );
}

#[test]
fn a_commitment_file_names_a_built_in_treaty_or_contains_the_full_rule() {
    let head = "id = 'jp/pact'\ntitle = 'A pact'\nprocedure = 'trade-agreement'\nby = ['jp']\nmade = 2018-03-08\n\
        obligation = 'result'\nwords = { text = 'shall', source = { title = 'Pact', url = 'https://example.org' } }\n";
    let named = Commitment::from_toml("pact.toml", &format!("{head}rules.entry-into-force = 'cptpp'\n"), []).unwrap();
    let expected = ClockRule::from(builtin::cptpp());
    assert_eq!(named.rules.values().collect::<Vec<_>>(), [&expected]);
    let in_full = format!(
        "{head}[rules.entry-into-force]\nbasis = 'art. 9'\ndeposits = 2\nrule = {{ days = {{ count = 3 }} }}\n\
         [rules.entry-into-force.treaty]\nid = 'pact'\ntitle = {{ en = 'A pact' }}\n\
         [[rules.entry-into-force.treaty.general]]\nbasis = 'art. 9'\ndeposits = 2\nrule = {{ days = {{ count = 3 }} }}\n"
    );
    let read = Commitment::from_toml("pact.toml", &in_full, []).unwrap();
    let treaty = read.rules.values().next().unwrap().treaty.clone().unwrap();
    assert_eq!((treaty.id.as_str(), treaty.general[0].deposits), ("pact", Some(2)));
    let misspelt = in_full.replace("treaty]\nid", "treaty]\nname = 'x'\nid");
    let error = Commitment::from_toml("pact.toml", &misspelt, []).unwrap_err().to_string();
    assert!(error.contains("pact.toml, line 13: there is no key \"name\" here"), "{error}");
    let beside = in_full.replace("{ days = { count = 3 } }", "{ months = { count = 3, first_day_counts = true } }");
    let error = Commitment::from_toml("pact.toml", &beside, []).unwrap_err().to_string();
    let found = "there is no key \"first_day_counts\" here; remove it, or use one of: count";
    assert_eq!(
        error.lines().skip(1).collect::<Vec<_>>(),
        [11, 18].map(|line| format!("  pact.toml, line {line}: {found}"))
    );
}

#[test]
fn the_json_answer_says_which_of_three_answers_it_is() {
    let found = builtin::cptpp().apply(&deposits("Mexico 2018-06-28"), None);
    assert_eq!(
        serde_json::to_string(&found).unwrap(),
        r#"{"answer":"not-in-force","earliest":null,"general":null,"latest":null,"missing":"5 more deposits (1 of 6): CPTPP, art. 3(1)","parties":[{"answer":"not-in-force","deposited":"2018-06-28","earliest":null,"in_force":null,"latest":null,"party":"Mexico","until":null,"why":"the treaty is not in force, and the deposit counts"}],"treaty":"cptpp","unread":0,"why":null}"#
    );
}

#[test]
fn an_invalid_rule_is_refused_with_its_line() {
    let valid = "id = 'treaty'\nsigned = '2000-01-31'\ntitle = { en = 'A treaty' }\n\n[[general]]\nbasis = 'art. 9'\n\
        deposits = 3\nrule = { days = { count = 60 } }\n\n[signatories]\ncount = 2\nparties = [{ id = 'a', names = ['Aland'] }, { id = 'b' }]\n\n\
        [later]\nbasis = 'art. 10'\nnote = 'by decision'\n\n[leaving]\nbasis = 'art. 11'\nterms = { months = 60, notice_months = 6 }\n";
    let read = |text: &str| EntryIntoForce::from_toml("t.toml", text);
    assert_eq!(read(&valid.replace("'2000-01-31'", "2000-01-31")).unwrap(), read(valid).unwrap());
    let mut all = String::new();
    for (from, to) in [
        ("title = { en = 'A treaty' }", "title = {}"),
        ("deposits = 3\n", ""),
        ("deposits = 3", "deposits = 0"),
        ("deposits = 3", "deposit = 3"),
        ("deposits = 3", "deposits = '3'"),
        ("deposits = 3", "all_signatories = true\ndeposits = 3"),
        ("deposits = 3", "or_percent_of_signatories = 101"),
        ("deposits = 3", "share = { at_least = '0', of = 'GDP' }"),
        ("deposits = 3", "share = { at_least = '100.1', of = 'GDP' }"),
        ("deposits = 3", "share = { at_least = 55, of = 'GDP' }"),
        ("deposits = 3", "deposits = 3\nperiod = { met = 'within', months = 0 }"),
        ("deposits = 3", "deposits = 3\nperiod = { met = 'before', months = 1 }"),
        ("count = 60", "count = 0"),
        ("count = 60", "count = 60, except_recess_of = 'jp-diet'"),
        ("{ days = { count = 60 } }", "'given'"),
        ("{ days = { count = 60 } }", "{ fortnights = { count = 60 } }"),
        ("count = 2\n", "count = 0\n"),
        ("count = 2\n", "count = 3\n"),
        ("'Aland'", "'Aland', 'B'"),
        ("note = 'by decision'\n", ""),
        ("terms = { months = 60, notice_months = 6 }\n", ""),
        ("notice_months = 6", "notice_months = 61"),
        ("id = 'treaty'", "id = 'My treaty'"),
        ("[[general]]", "[[specific]]"),
        ("[[general]]", "[[general"),
    ] {
        assert!(valid.contains(from), "{from}");
        let error = EntryIntoForce::from_toml("t.toml", &valid.replacen(from, to, 1)).unwrap_err();
        writeln!(all, "{from:?} -> {to:?}\n{error}\n").unwrap();
        assert_eq!(error.code(), "entry-into-force-refused");
    }
    let unsigned = "deposits = 3\nperiod = { met = 'within', months = 24 }";
    let text = valid.replace("signed = '2000-01-31'\n", "").replace("deposits = 3", unsigned);
    writeln!(all, "no day of signature\n{}", EntryIntoForce::from_toml("t.toml", &text).unwrap_err()).unwrap();
    insta::assert_snapshot!("refused_rules", all.trim_end());
}
