import Testing
@testable import Servanda
@Test func day() throws { #expect(try Day(2013,3,15).description == "2013-03-15") }
