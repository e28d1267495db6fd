#include "actors/report/report_writer.hpp"
#include "actors/report/sheet_reader.hpp"
#include "tests/report/workbook_reader.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

// What users put down in Application_Tracking outlives the next report.

using namespace jobfarm;
using jobfarm::test::workbook_reader;

namespace {

const std::string sheet_name = "Application_Tracking";

/// Exports jobs of these ids over what is there.
expected<void> try_export(const std::string& path,
                          const std::vector<std::string>& ids) {
  auto writer = report::open_report(path, {});
  if (!writer)
    return writer.error();
  for (const auto& id : ids) {
    enriched_posting one;
    one.posting.id = id;
    one.posting.title = "Title " + id;
    if (auto added = (*writer)->add(one); !added)
      return added;
  }
  return (*writer)->finish();
}

/// The parts of a workbook with one sheet besides Jobs_All.
struct made_book {
  std::string sheet;
  std::string name = sheet_name;
  std::string shared;
  std::string properties;
  std::string head;

  std::map<std::string, std::string> parts() const {
    return {
        {"xl/workbook.xml",
         head + "<workbook>" + properties
             + "<sheets><sheet name=\"Mine\" sheetId=\"1\" r:id=\"rId9\"/>"
               "<sheet name=\""
             + name + "\" sheetId=\"2\" r:id=\"rId7\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships>"
         "<Relationship Id=\"rId7\" Type=\"x/worksheet\" "
         "Target=\"/xl/worksheets/sheet5.xml\"/>"
         "<Relationship Id=\"rId1\" Type=\"x/sharedStrings\" "
         "Target=\"sharedStrings.xml\"/>"
         "<Relationship Id=\"rId2\" Type=\"x/styles\" Target=\"styles.xml\"/>"
         "</Relationships>"},
        {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
        {"xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId=\"170\" "
         "formatCode=\"dd/mm/yyyy\"/></numFmts>"
         "<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs>"
         "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/>"
         "</cellXfs></styleSheet>"},
        {"xl/worksheets/sheet5.xml", "<x:worksheet xmlns:x=\"y\"><sheetData>"
                                         + sheet
                                         + "</sheetData></x:worksheet>"},
    };
  }
};

std::string make(const test::temporary_directory& dir, const made_book& book) {
  auto path = (dir.path() / "jobs.xlsx").string();
  auto* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  REQUIRE(archive);
  auto parts = book.parts();
  for (const auto& [name, text] : parts)
    zip_file_add(archive, name.c_str(),
                 zip_source_buffer(archive, text.data(), text.size(), 0), 0);
  REQUIRE(zip_close(archive) == 0);
  return path;
}

/// As Excel writes it: texts shared, formulas with what they gave last.
made_book excel_book() {
  made_book book;
  book.shared = "<si><t>Job ID</t></si><si><t>Status</t></si>"
                "<si><t>Applied On</t></si><si><t>Notes</t></si>"
                "<si><r><t>Pay </t></r><r><rPr/><t xml:space=\"preserve\">asked"
                "</t></r><rPh><t>no</t></rPh></si>"
                "<si><t>gone</t></si><si><t>applied</t></si>"
                "<si><t>=1+1 &lt;b&gt;</t></si><si><t>Title</t></si>"
                "<si><t>b</t></si>";
  book.sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
      "<c r=\"B1\" t=\"s\"><v>8</v></c><c r=\"C1\" t=\"s\"><v>1</v></c>"
      "<c r=\"D1\" t=\"s\"><v>2</v></c><c r=\"E1\" t=\"s\"><v>4</v></c>"
      "<c r=\"F1\" t=\"s\"><v>3</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>5</v></c>"
      "<c r=\"B2\" t=\"str\"><f>X</f><v>Old title</v></c>"
      "<c r=\"C2\" t=\"s\"><v>6</v></c><c r=\"D2\" s=\"2\"><v>46346</v></c>"
      "<c r=\"F2\" t=\"s\"><v>7</v></c></row>"
      "<row r=\"3\"><c r=\"B3\" t=\"str\"><f>X</f><v></v></c></row>"
      "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>9</v></c>"
      "<c r=\"B4\" t=\"str\"><f>X</f><v>Old b</v></c>"
      "<c r=\"E4\"><v>7.5e4</v></c>"
      "<c r=\"F4\" t=\"inlineStr\"><is><t>call &amp; ask</t></is></c>"
      "<c r=\"H4\" t=\"b\"><v>1</v></c></row>";
  return book;
}

void check_kept(workbook_reader& book) {
  // The job that is there first, by formula; the other as it was known.
  CHECK(book.text(sheet_name, "A2") == "b");
  CHECK(book.cell(sheet_name, "B2").child("f"));
  CHECK(book.text(sheet_name, "I2") == "call & ask");
  CHECK(book.text(sheet_name, "J1") == "Pay asked");
  CHECK(book.text(sheet_name, "J2") == "75000");
  CHECK(book.text(sheet_name, "K2") == "1");
  CHECK(book.text(sheet_name, "A3") == "gone");
  CHECK(book.text(sheet_name, "B3") == "Old title");
  CHECK_FALSE(book.cell(sheet_name, "B3").child("f"));
  CHECK(book.text(sheet_name, "E3") == "applied");
  CHECK(book.text(sheet_name, "G3") == "46346");
  CHECK(book.text(sheet_name, "I3") == "=1+1 <b>");
  CHECK_FALSE(book.cell(sheet_name, "I3").child("f"));
  CHECK(book.text(sheet_name, "A4").empty());
}

} // namespace

TEST_CASE("rows that a user has filled are there again, by id") {
  test::temporary_directory dir;
  auto path = make(dir, excel_book());
  for (int run = 0; run < 3; ++run) {
    INFO(run);
    REQUIRE(try_export(path, {"a", "b"}));
    workbook_reader book(path);
    check_kept(book);
    auto part = book.part("xl/styles.xml");
    auto styles = part->child("styleSheet");
    CHECK(std::string{styles.child("numFmts")
                          .find_child_by_attribute("formatCode", "dd/mm/yyyy")
                          .name()}
          == "numFmt");
  }
  // A job that comes back is looked up again.
  REQUIRE(try_export(path, {"gone"}));
  workbook_reader book(path);
  CHECK(book.text(sheet_name, "A2") == "gone");
  CHECK(book.cell(sheet_name, "B2").child("f"));
}

TEST_CASE("days of workbooks that count from 1904 stay the same days") {
  test::temporary_directory dir;
  auto made = excel_book();
  made.properties = "<workbookPr date1904=\"1\"/>";
  auto path = make(dir, made);
  REQUIRE(try_export(path, {}));
  workbook_reader book(path);
  CHECK(book.text(sheet_name, "G2") == "47808");
  CHECK(book.text(sheet_name, "J3") == "75000");
}

TEST_CASE("there is room behind many rows, and lists for all of them") {
  test::temporary_directory dir;
  made_book made;
  made.sheet = "<row><c t=\"inlineStr\"><is><t>Job ID</t></is></c></row>";
  for (int i = 0; i < 300; ++i)
    made.sheet += "<row><c t=\"inlineStr\"><is><t>" + std::to_string(i)
                  + "</t></is></c></row>";
  auto path = make(dir, made);
  REQUIRE(try_export(path, {"299"}));
  workbook_reader book(path);
  CHECK(book.text(sheet_name, "A2") == "299");
  CHECK(book.text(sheet_name, "A301") == "298");
  CHECK(book.formulas(sheet_name) == 3 * 400);
  CHECK(std::string{book.sheet(sheet_name)
                        .child("dataValidations")
                        .child("dataValidation")
                        .attribute("sqref")
                        .value()}
        == "E2:E401");
}

TEST_CASE("a file that is no workbook of ours is not replaced") {
  test::temporary_directory dir;
  auto path = (dir.path() / "jobs.xlsx").string();
  auto refused = [&](const std::string& why) {
    auto before = test::read_file(path);
    auto done = try_export(path, {"a"});
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == errc::invalid_input);
    INFO(done.error().detail);
    CHECK(done.error().detail.find(why) != std::string::npos);
    CHECK(done.error().detail.find("move it away") != std::string::npos);
    CHECK(test::read_file(path) == before);
    CHECK(report::check_report(path).error() == done.error());
  };
  std::ofstream(path) << "my notes";
  refused("Not a zip archive");
  auto made = excel_book();
  made.name = "Budget";
  make(dir, made);
  refused("it has no sheet Application_Tracking");
  made = excel_book();
  made.sheet = "<row><c><v>1</v></c></row>";
  make(dir, made);
  refused("no column \"Job ID\"");
  made.sheet = "<row>";
  make(dir, made);
  refused("its XML is not sound");
}

TEST_CASE("a hostile workbook takes neither the memory nor the time") {
  test::temporary_directory dir;
  auto made = excel_book();
  auto refused = [&] {
    auto path = make(dir, made);
    return try_export(path, {}).error().detail;
  };
  for (int i = 0; i < 600'000; ++i)
    made.sheet += "<c><v>1</v></c>";
  CHECK(refused().find("it holds too much") != std::string::npos);
  made = excel_book();
  for (int i = 0; i < 100'000; ++i)
    made.sheet += "<a>";
  CHECK(refused().find("not sound") != std::string::npos);
  made.sheet = "<row><c r=\"" + std::string(40u << 20, 'A');
  CHECK(refused().find("too long") != std::string::npos);
  // One text of a megabyte for a thousand cells.
  made = excel_book();
  made.shared = "<si><t>" + std::string(1u << 20, 'x') + "</t></si>";
  for (int i = 0; i < 1000; ++i)
    made.sheet += "<c t=\"s\"><v>0</v></c>";
  CHECK(refused().find("it holds too much") != std::string::npos);
  made = excel_book();
  made.head = "<!DOCTYPE a [<!ENTITY b \"c\">]>";
  CHECK(refused().find("not sound") != std::string::npos);
}

TEST_CASE("what holds no rows of a user is replaced") {
  test::temporary_directory dir;
  auto path = (dir.path() / "jobs.xlsx").string();
  std::ofstream(path).flush();
  CHECK(try_export(path, {"a"}));
  auto made = excel_book();
  made.name = "Jobs_All";
  make(dir, made);
  CHECK(try_export(path, {"a"}));
}

TEST_CASE("rows come back from a workbook that LibreOffice saved", "[slow]") {
  if (std::system("command -v soffice >/dev/null 2>&1") != 0) {
    WARN("LibreOffice is not installed: not checked here");
    return;
  }
  test::temporary_directory dir;
  auto path = make(dir, excel_book());
  REQUIRE(try_export(path, {"a", "b"}));
  auto out = dir.path().string();
  auto command = "HOME=" + out + " soffice -env:UserInstallation=file://" + out
                 + "/profile --headless --convert-to xlsx --outdir " + out
                 + "/saved " + path + " >/dev/null 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);
  auto saved = out + "/saved/jobs.xlsx";
  auto cells = report::read_cells(saved, sheet_name, "Jobs_All");
  REQUIRE(cells);
  REQUIRE(try_export(saved, {"a", "b"}));
  workbook_reader book(saved);
  check_kept(book);
}
