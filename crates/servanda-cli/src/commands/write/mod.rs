//! The commands that write to a ledger.

mod add;
mod define;
mod duties;
mod facts;
mod git;
mod init;
mod parties;
mod record;
mod register;
mod repin;
mod session;

pub(super) use session::describe;
#[cfg(feature = "import")]
pub(super) use session::recorder_name;

use crate::Environment;
use crate::args::WriteCommand;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn run(command: WriteCommand, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    match command {
        WriteCommand::Init(args) => init::run(&args, out),
        WriteCommand::Add(args) => add::run(&args, env, out),
        WriteCommand::Register(args) => register::run(&args, env, out),
        WriteCommand::Advance(args) => facts::advance(args, env, out),
        WriteCommand::Deposit(args) => facts::deposit(args, env, out),
        WriteCommand::Cite(args) => facts::cite(args, env, out),
        WriteCommand::Remark(args) => facts::remark(args, env, out),
        WriteCommand::Attest(args) => facts::attest(args, env, out),
        WriteCommand::Reschedule(args) => facts::reschedule(args, env, out),
        WriteCommand::Assign(args) => duties::assign(args, env, out),
        WriteCommand::Unassign(args) => duties::unassign(args, env, out),
        WriteCommand::Measure(args) => facts::measure(args, env, out),
        WriteCommand::Repin(args) => repin::run(&args, env, out),
        WriteCommand::Amend(args) => facts::amend(args, env, out),
        WriteCommand::Link(args) => facts::link(args, env, out),
        WriteCommand::Retract(args) => facts::retract(args, env, out),
        WriteCommand::Define(args) => define::run(args, env, out),
        WriteCommand::Record(args) => record::run(&args, env, out),
    }
}
