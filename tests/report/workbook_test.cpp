#include "actors/report/report_writer.hpp"
#include "actors/report/streamed_table.hpp"
#include "actors/report/table.hpp"
#include "tests/report/workbook_reader.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

using namespace jobfarm;
using jobfarm::test::workbook_reader;

namespace {

enriched_posting sample(const std::string& id, const std::string& title,
                        const std::string& region, double score) {
  enriched_posting e;
  auto& p = e.posting;
  p.id = id;
  p.source = "lever";
  p.title = title;
  p.company = "Acme";
  p.location = "Berlin, Germany";
  p.country = "DE";
  p.region = region;
  p.remote = work_mode::hybrid;
  p.posted_at = "2026-11-20T00:00:00Z";
  p.salary_min = 70000;
  p.salary_max = 90000;
  p.salary_currency = "EUR";
  p.salary_period = "year";
  p.salary_usd_min = 79527;
  p.salary_usd_max = 102249;
  p.application_url = "https://jobs.lever.co/acme/" + id;
  p.visa_sponsorship = visa_sponsorship::offered;
  p.skills = {"jira"};
  e.enrichment.level = "basic";
  e.enrichment.ml_score = score;
  return e;
}

std::string write_book(const test::temporary_directory& dir,
                       const std::vector<enriched_posting>& postings) {
  auto path = (dir.path() / "jobs.xlsx").string();
  report::report_options options;
  options.generated_at = "2026-11-24T10:00:00Z";
  collection_result result;
  result.sources_queried = {"lever", "indeed"};
  result.errors = {{"indeed", errc::bot_detected, "a wall", 4}};
  result.partial = true;
  options.result = result;
  auto writer = *report::open_report(path, options);
  for (const auto& one : postings)
    REQUIRE(writer->add(one).has_value());
  REQUIRE(writer->finish().has_value());
  return path;
}

} // namespace

TEST_CASE("a workbook has its sheets, its columns and its header block") {
  test::temporary_directory dir;
  workbook_reader book(
      write_book(dir, {sample("1", "Low", "Western Europe", 0.2),
                       sample("2", "High", "Western Europe", 0.9),
                       sample("3", "Far", "East Asia", 0.5)}));
  for (const auto* name :
       {"Summary", "Jobs_All", "Western Europe", "East Asia", "Analytics",
        "Sources", "Duplicates", "Application_Tracking", "Lists", "Dictionary"})
    CHECK(book.has_sheet(name));
  CHECK_FALSE(book.has_sheet("Africa"));

  const char* headers[] = {"Title",      "Company",      "Location",
                           "Salary",     "Remote",       "Posted Date",
                           "ML Score",   "Cultural Fit", "Visa Req",
                           "Apply Link", "Notes"};
  for (int i = 0; i < 11; ++i) {
    std::string column(1, static_cast<char>('A' + i));
    CHECK(book.text("Jobs_All", column + "1") == headers[i]);
    CHECK(book.text("Western Europe", column + "8") == headers[i]);
  }
  CHECK(book.text("Jobs_All", "A2") == "High");
  CHECK(book.text("Jobs_All", "D2") == "EUR 70,000 - 90,000 / year");
  CHECK(book.text("Jobs_All", "F2") == "46346");
  CHECK(book.cell("Jobs_All", "H2").empty());

  CHECK(book.text("Western Europe", "A2") == "Total jobs");
  CHECK(book.text("Western Europe", "B2") == "2");
  CHECK(book.text("Western Europe", "B3") == "2026-11-24T10:00:00Z");
  CHECK(book.text("Western Europe", "B4") == "90888");
  CHECK(book.text("Western Europe", "B5") == "Acme (2)");
  CHECK(book.text("Western Europe", "B6") == "1");
  CHECK(book.text("East Asia", "A9") == "Far");
}

TEST_CASE("panes are frozen, rows filtered, links made, colours set") {
  test::temporary_directory dir;
  workbook_reader book(write_book(dir, {sample("1", "T", "Africa", 0.2)}));
  auto jobs = book.sheet("Jobs_All");
  auto pane = jobs.child("sheetViews").child("sheetView").child("pane");
  CHECK(std::string{pane.attribute("state").value()} == "frozen");
  CHECK(std::string{jobs.child("autoFilter").attribute("ref").value()}
        == "A1:W2");
  CHECK(book.text("Jobs_All", "W1") == "URL");
  CHECK(jobs.child("hyperlinks").child("hyperlink"));
  CHECK(book.text("Jobs_All", "J2") == "open");
  CHECK(jobs.child("conditionalFormatting"));
  CHECK(jobs.child("cols").child("col").attribute("width").as_double() > 5);
  auto links = book.part("xl/worksheets/_rels/sheet2.xml.rels");
  CHECK(std::string{links->child("Relationships")
                        .child("Relationship")
                        .attribute("Target")
                        .value()}
        == "https://jobs.lever.co/acme/1");
}

TEST_CASE("a workbook says what its jobs came from and what was merged") {
  test::temporary_directory dir;
  auto one = sample("1", "Twice", "Africa", 0.2);
  one.posting.sightings = {
      {"lever", "l1", "https://a.example/l1", "Berlin", "2026-11-20T01:02:03Z"},
      {"indeed", "=i1", "https://b.example/i1", "", ""}};
  auto other = sample("2", "Once", "Africa", 0.1);
  other.posting.sightings = {{"lever", "l2", "https://a.example/l2", "", ""}};
  workbook_reader book(write_book(dir, {one, other}));
  CHECK(book.text("Sources", "A2") == "indeed");
  CHECK(book.text("Sources", "B2") == "incomplete");
  CHECK(book.text("Sources", "C2") == "0");
  CHECK(book.text("Sources", "D2") == "1");
  CHECK(book.text("Sources", "E2") == "bot_detected");
  CHECK(book.text("Sources", "F2") == "4");
  CHECK(book.text("Sources", "A3") == "lever");
  CHECK(book.text("Sources", "B3") == "complete");
  CHECK(book.text("Sources", "C3") == "2");
  CHECK(book.text("Sources", "D3") == "2");
  const char* first[] = {"1",  "Twice",  "Acme",  "lever",
                         "l1", "Berlin", "46346", "https://a.example/l1"};
  for (auto i = 0; i < 8; ++i)
    CHECK(book.text("Duplicates",
                    std::string(1, static_cast<char>('A' + i)) + '2')
          == first[i]);
  CHECK(book.text("Duplicates", "E3") == "=i1");
  CHECK(book.formulas("Duplicates") == 0);
  CHECK(book.cell("Duplicates", "G3").empty());
  CHECK(book.cell("Duplicates", "A4").empty());
  auto pane = book.sheet("Duplicates").child("sheetViews").child("sheetView");
  CHECK(std::string{pane.child("pane").attribute("state").value()} == "frozen");
  auto about = book.part("docProps/core.xml");
  CHECK(std::string{about->first_child().child("dc:creator").text().get()}
        == "jobfarm");
}

TEST_CASE("the status column takes only words of the list") {
  test::temporary_directory dir;
  workbook_reader book(write_book(dir, {sample("1", "T", "Africa", 0.2)}));
  auto tracking = book.sheet("Application_Tracking");
  bool has_list = false;
  for (auto one : tracking.child("dataValidations").children("dataValidation"))
    has_list = has_list
               || (std::string{one.attribute("type").value()} == "list"
                   && std::string{one.attribute("sqref").value()} == "E2:E201"
                   && std::string{one.child("formula1").text().get()}
                          == "Lists!$A$1:$A$7");
  CHECK(has_list);
  CHECK(book.text("Lists", "A1") == "saved");
  CHECK(book.formulas("Application_Tracking") == 600);
}

TEST_CASE("no text from outside becomes a formula or breaks the XML") {
  test::temporary_directory dir;
  auto hostile = sample("1", "=cmd|'/c calc'!A1", "Africa", 0.2);
  hostile.posting.company = "+1\x01\x02 \xFF\xFE <b>&\"";
  hostile.posting.location = std::string(40'000, 'x');
  hostile.posting.application_url = "javascript:alert(1)";
  workbook_reader book(write_book(dir, {hostile}));
  CHECK(book.text("Jobs_All", "A2") == "=cmd|'/c calc'!A1");
  CHECK(book.formulas("Jobs_All") == 0);
  CHECK(book.text("Jobs_All", "C2").size() == 32'767);
  CHECK_FALSE(book.sheet("Jobs_All").child("hyperlinks"));
}

TEST_CASE("links lead where the posting says, whatever its URL holds") {
  test::temporary_directory dir;
  auto one = sample("1", " in the middle ", "Africa", 0.3);
  one.posting.application_url = "https://a.example/x y?q=\"&p=%41%#/apply<1>";
  auto two = sample("2", "Second", "Africa", 0.2);
  two.posting.application_url = "https://a.example/" + std::string(2'100, 'x');
  auto three = sample("3", "Third", "Africa", 0.1);
  workbook_reader book(write_book(dir, {one, two, three}));
  auto links = book.sheet("Africa").child("hyperlinks");
  auto first = links.child("hyperlink");
  CHECK(std::string{first.attribute("ref").value()} == "J9");
  CHECK(std::string{first.attribute("location").value()} == "/apply%3C1%3E");
  CHECK(std::string{first.next_sibling().attribute("ref").value()} == "J11");
  CHECK_FALSE(first.next_sibling().next_sibling());
  auto relations = book.part("xl/worksheets/_rels/sheet3.xml.rels");
  auto targets = relations->child("Relationships");
  auto target = [&](const char* id) {
    return std::string{
        targets.find_child_by_attribute("Id", id).attribute("Target").value()};
  };
  CHECK(target("rId1") == "https://a.example/x%20y?q=%22&p=%41%25");
  CHECK(target("rId2") == "https://jobs.lever.co/acme/3");
  // What Excel would refuse as a link stays text.
  CHECK(book.text("Africa", "J10") == two.posting.application_url);
  auto title = book.cell("Africa", "A9").child("is").child("t");
  CHECK(std::string{title.attribute("xml:space").value()} == "preserve");
  CHECK(std::string{
            book.sheet("Africa").child("dimension").attribute("ref").value()}
        == "A1:K11");
}

TEST_CASE("a sheet has no more links than Excel opens") {
  auto linked = sample("1", "T", "Africa", 0.2);
  report::row one(linked);
  std::vector<const report::row*> rows(65'531, &one);
  report::streamed_table table(2, report::row::width, {}, rows);
  std::string sheet;
  auto pieces = table.sheet_of("<dimension ref=\"A1\"/><sheetData></sheetData>"
                               "<pageMargins />");
  auto again = pieces;
  while (pieces(sheet))
    ;
  auto count = [&](const std::string& what) {
    std::size_t found = 0;
    for (auto at = sheet.find(what); at != sheet.npos;
         at = sheet.find(what, at + 1))
      ++found;
    return found;
  };
  CHECK(count("<hyperlink ") == 65'530);
  CHECK(count("<t>open</t>") == 65'530);
  CHECK(count("<t>https://jobs.lever.co/acme/1</t>") == 1);
  CHECK(table.most_bytes() > sheet.size());
  // A copy gives the same again, as libzip needs it.
  std::string repeated;
  while (again(repeated))
    ;
  CHECK(repeated == sheet);
}

TEST_CASE("a workbook without any job is still a workbook") {
  test::temporary_directory dir;
  workbook_reader book(write_book(dir, {}));
  CHECK(book.text("Summary", "A1") == "jobfarm report");
}

TEST_CASE("LibreOffice opens the workbook and finds the same cells", "[slow]") {
  if (std::system("command -v soffice >/dev/null 2>&1") != 0) {
    WARN("LibreOffice is not installed: not checked here");
    return;
  }
  test::temporary_directory dir;
  auto path = write_book(dir, {sample("1", "Caf\xC3\xA9 lead", "Africa", 0.2)});
  auto out = dir.path().string();
  // Its own profile: nothing of the user's is touched. Token 44,34,76 is csv
  // in UTF-8; the last field picks every sheet.
  auto command = "HOME=" + out + " soffice -env:UserInstallation=file://" + out
                 + "/profile --headless --convert-to "
                   "'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,"
                   "false,false,false,-1' --outdir "
                 + out + ' ' + path + " >/dev/null 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);
  auto jobs = test::read_file(out + "/jobs-Jobs_All.csv");
  CHECK(jobs.find("Caf\xC3\xA9 lead,Acme,\"Berlin, Germany\"") != jobs.npos);
  CHECK(jobs.find("2026-11-20") != jobs.npos);
}
