//! What is written down: one function for each command.

mod define;
mod facts;
mod init;
mod recorder;
mod register;

use crate::Setting;
use crate::args::WriteCommand;
use crate::exit::{Exit, Failure};
use crate::page::Page;

pub(super) fn run(command: WriteCommand, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    match command {
        WriteCommand::Init(args) => init::run(&args, page),
        WriteCommand::Register(args) => register::run(&args, setting, page),
        WriteCommand::Advance(args) => facts::advance(args, setting, page),
        WriteCommand::Deposit(args) => facts::deposit(args, setting, page),
        WriteCommand::Cite(args) => facts::cite(args, setting, page),
        WriteCommand::Remark(args) => facts::remark(args, setting, page),
        WriteCommand::Attest(args) => facts::attest(args, setting, page),
        WriteCommand::Reschedule(args) => facts::reschedule(args, setting, page),
        WriteCommand::Amend(args) => facts::amend(args, setting, page),
        WriteCommand::Link(args) => facts::link(args, setting, page),
        WriteCommand::Retract(args) => facts::retract(args, setting, page),
        WriteCommand::Define(args) => define::run(args, setting, page),
    }
}
