//! Transactions: batches that are written together.

use servanda::builtin::action;
use servanda::{Advance, Tracker};

use crate::appends::{new_action, source};
use crate::common::{day, remark};
use crate::test_store::{TestStore, entries};

fn done(id: &str) -> servanda::facts::FactBuilder<Advance> {
    Advance::builder(id, action::DONE).on(day().plus_days(10).unwrap()).citing(source())
}

pub(crate) fn the_batches_of_a_transaction_are_written_together(store: &TestStore) {
    let tracker = store.tracker();
    let before = entries(&tracker);
    let mut transaction = tracker.begin().unwrap();
    transaction.append(new_action("us/visit")).unwrap();
    transaction.append(done("us/visit")).unwrap();
    assert_eq!(entries(&tracker), before, "written before the commit");
    let committed = transaction.commit().unwrap();
    let again: Tracker = store.reopen(&tracker);
    assert_eq!(entries(&again).len(), before.len() + committed.len());
    assert_eq!(again.digest(), tracker.digest());
    let status = |tracker: &Tracker| tracker.view().standing("us/visit").unwrap().status;
    assert_eq!(status(&again), Some(action::DONE));
    assert_eq!(status(&tracker), status(&again));
}

pub(crate) fn a_refused_batch_leaves_the_others_in_a_transaction(store: &TestStore) {
    let tracker = store.tracker();
    let mut transaction = tracker.begin().unwrap();
    transaction.append(new_action("us/visit")).unwrap();
    assert_eq!(transaction.append(done("us/vizit")).unwrap_err().code(), "unknown-commitment");
    transaction.append(done("us/visit")).unwrap();
    transaction.commit().unwrap();
    assert!(tracker.view().standing("us/visit").is_ok());
}

pub(crate) fn a_transaction_fails_if_the_ledger_has_changed(store: &TestStore) {
    let tracker = store.tracker();
    let mut transaction = tracker.begin().unwrap();
    transaction.append(new_action("us/visit")).unwrap();
    store.reopen(&tracker).append(remark("of another program")).unwrap();
    assert_eq!(transaction.commit().unwrap_err().code(), "changed-meanwhile");
    tracker.refresh().unwrap();
    assert_eq!(tracker.view().standing("us/visit").unwrap_err().code(), "unknown-commitment");
}
