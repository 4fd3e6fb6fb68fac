"""Writes the same invented pledges with openpyxl, XlsxWriter, odfpy and Python's csv."""

import csv
import datetime

import openpyxl
import openpyxl.utils.datetime
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

DAYS = [datetime.date(2013, 3, 15), datetime.date(2014, 1, 1), datetime.date(1904, 3, 1)]
TITLES = ["Bürger & 役所", "Bridge", "Tunnel"]
COSTS = [0.1, 1200000, -3]
HEADER = ["Party", "Title", "Made", "Cost", "Double"]
BLUE_ROWS = (3, 4)
"""The rows of the party Blue, which is one merged cell. Row 5 is empty, and row 6 has a party of its own."""
ROWS = [3, 4, 6]


def with_openpyxl(name, epoch=None):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = "Pledges"
    sheet["A1"] = "All pledges"
    sheet.merge_cells("A1:E1")
    for column, text in enumerate(HEADER, 1):
        sheet.cell(2, column, text)
    for row, title, day, cost in zip(ROWS, TITLES, DAYS, COSTS):
        sheet.cell(row, 2, title)
        sheet.cell(row, 3, day)
        sheet.cell(row, 4, cost)
        sheet.cell(row, 5, f"=D{row}*2")
    sheet["A3"], sheet["A6"] = "Blue", "Red"
    sheet.merge_cells("A3:A4")
    book.save(name)


def with_xlsxwriter(name, date_1904):
    book = xlsxwriter.Workbook(name, {"date_1904": date_1904})
    sheet = book.add_worksheet("Pledges")
    day_format = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:E1", "All pledges")
    sheet.write_row("A2", HEADER)
    for row, title, day, cost in zip(ROWS, TITLES, DAYS, COSTS):
        sheet.write(row - 1, 1, title)
        sheet.write_datetime(row - 1, 2, day, day_format)
        sheet.write_number(row - 1, 3, cost)
        sheet.write_formula(row - 1, 4, f"=D{row}*2", None, cost * 2)
    sheet.merge_range("A3:A4", "Blue")
    sheet.write("A6", "Red")
    book.close()


def with_odfpy(name):
    def text_cell(text, **attributes):
        cell = TableCell(valuetype="string", **attributes)
        cell.addElement(P(text=text))
        return cell

    def number_cell(number, **attributes):
        return TableCell(valuetype="float", value=str(number), **attributes)

    book = OpenDocumentSpreadsheet()
    table = Table(name="Pledges")

    def add(*cells, **attributes):
        row = TableRow(**attributes)
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)

    add(text_cell("All pledges", numbercolumnsspanned=5), CoveredTableCell(numbercolumnsrepeated=4))
    add(*map(text_cell, HEADER))
    for row, title, day, cost in zip(ROWS, TITLES, DAYS, COSTS):
        if row == 6:
            add(TableCell(numbercolumnsrepeated=5))
        party = {3: text_cell("Blue", numberrowsspanned=2), 4: CoveredTableCell(), 6: text_cell("Red")}[row]
        double = number_cell(cost * 2, formula=f"of:=[.D{row}]*2")
        add(party, text_cell(title), TableCell(valuetype="date", datevalue=day.isoformat()), number_cell(cost), double)
    book.spreadsheet.addElement(table)
    book.save(name)


def with_csv(name, encoding, dialect):
    with open(name, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, dialect)
        writer.writerow(HEADER)
        for party, title, day, cost in zip(["Blue", "Blue", "Red"], TITLES, DAYS, COSTS):
            writer.writerow([party, title, day, cost, cost * 2])


with_openpyxl("openpyxl.xlsx")
with_openpyxl("openpyxl-1904.xlsx", openpyxl.utils.datetime.CALENDAR_MAC_1904)
with_xlsxwriter("xlsxwriter.xlsx", False)
with_xlsxwriter("xlsxwriter-1904.xlsx", True)
with_odfpy("odfpy.ods")
with_csv("python-bom.csv", "utf-8-sig", "excel")
with_csv("python-gb18030.tsv", "gb18030", "excel-tab")
