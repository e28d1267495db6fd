#include "messages/byte_sink.hpp"
#include "messages/json.hpp"
#include "messages/json_repair.hpp"
#include "messages/json_writer.hpp"
#include "messages/ledger.hpp"
#include "messages/link.hpp"
#include "messages/msgpack.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace std::string_literals;

namespace {

job_posting sample_posting() {
  job_posting p;
  p.id = "0123456789abcdef0123456789abcdef";
  p.source = "lever";
  p.source_id = "42";
  p.title = "Technical Program Manager";
  p.seniority = seniority::senior;
  p.locations = {{"Berlin, Germany", "Berlin", "Berlin", "BE", "DE"}};
  p.salary_min = 100000;
  p.salary_inferred = {"currency"};
  p.sightings = {{"lever", "42", "https://jobs.lever.co/a/42", "Berlin", ""}};
  p.extra.text = R"({"team":"Platform"})";
  return p;
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (unsigned char c : bytes) {
    constexpr char digits[] = "0123456789abcdef";
    out += digits[c >> 4];
    out += digits[c & 15];
  }
  return out;
}

} // namespace

TEST_CASE("an object is written on behind its members") {
  for (auto [before, after] : {std::pair{"{}", R"({"b":1})"},
                               {R"({"a":"}"})", R"({"a":"}","b":1})"}}) {
    std::string text = before;
    auto out = json::object_writer::behind(text);
    out.member("b", 1).close();
    CHECK(text == after);
  }
}

TEST_CASE("a posting survives JSON and msgpack unchanged") {
  auto posting = sample_posting();
  auto from_text = from_json<job_posting>(to_json(posting));
  REQUIRE(from_text);
  CHECK(*from_text == posting);
  auto from_bytes = unpack<job_posting>(pack(posting));
  REQUIRE(from_bytes);
  CHECK(*from_bytes == posting);
}

TEST_CASE("an enriched posting is a posting with one member more") {
  enriched_posting e{sample_posting(), {}};
  e.enrichment.level = "basic";
  e.enrichment.ml_score = 0.5;
  auto text = to_json(e);
  CHECK(text.find(R"("title":"Technical Program Manager")") != text.npos);
  CHECK(text.find(R"("enrichment":{"level":"basic")") != text.npos);
  CHECK(text.find("cultural_fit") == text.npos);
  auto plain = from_json<job_posting>(text);
  REQUIRE(plain);
  CHECK(*plain == e.posting);
}

TEST_CASE("unknown values are null and read back as unknown") {
  job_posting p;
  auto text = to_json(p);
  CHECK(text.find(R"("city":null)") != text.npos);
  CHECK(text.find(R"("salary_min":null)") != text.npos);
  CHECK(text.find(R"("seniority":"unknown")") != text.npos);
  CHECK(*from_json<job_posting>(text) == [] {
    job_posting expected;
    expected.extra.text = "{}";
    return expected;
  }());
}

TEST_CASE("JSON tells what is wrong and where") {
  auto bad = from_json<job_posting>(R"({"locations":[{"city":[]}]})");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == errc::invalid_input);
  CHECK(bad.error().detail == "locations.0.city: expected a string");
  CHECK_FALSE(from_json<job_posting>("{"));
  CHECK_FALSE(from_json<job_posting>("[]"));
  CHECK_FALSE(from_json<job_posting>(R"({"seniority":"boss"})"));
}

TEST_CASE("JSON is lenient where sources are: numbers as text and back") {
  auto raw = from_json<raw_posting>(
      R"({"source_id":7,"posted":1700000000,"salary_min":"50000","new":1})");
  REQUIRE(raw);
  CHECK(raw->source_id == "7");
  CHECK(raw->posted == "1700000000");
  CHECK(raw->salary_min == 50000.0);
}

TEST_CASE("the writer gives valid JSON for any bytes") {
  raw_posting raw;
  raw.title = "a\x01\"\\\xff\xc3\xa9\xed\xa0\x80z";
  auto back = from_json<raw_posting>(to_json(raw));
  REQUIRE(back);
  CHECK(back->title
        == "a\x01\"\\\xEF\xBF\xBD\xc3\xa9\xEF\xBF\xBD\xEF\xBF\xBD"
           "\xEF\xBF\xBDz");
}

TEST_CASE("marks are escaped wherever they stand in a text") {
  const std::pair<std::string, std::string> marks[] = {
      {"\n", "\\n"},       {"\"", "\\\""},           {"\x7F", "\\u007f"},
      {"\x01", "\\u0001"}, {"\xC3\xA9", "\xC3\xA9"}, {"\xE9", "\xEF\xBF\xBD"}};
  auto write_with_marks = [&](std::size_t size) {
    for (std::size_t at = 0; at <= size; ++at)
      for (const auto& [mark, written] : marks) {
        std::string before(at, 'a');
        std::string behind(size - at, 'z');
        std::string out = "=";
        const auto text = before + mark + behind + mark;
        const auto want = '"' + before + written + behind + written + '"';
        json::append_string(out, text);
        REQUIRE(out == '=' + want);
        byte_sink sink;
        json::write_string(sink, text);
        REQUIRE(sink.view() == want);
      }
  };
  for (std::size_t size = 0; size < 40; ++size)
    write_with_marks(size);
  for (std::size_t size : {62, 63, 64, 126, 127, 128, 200, 1087, 2200})
    write_with_marks(size);
  std::string out;
  json::append_string(out, std::string(5000, '\x01'));
  std::string want;
  for (int i = 0; i < 5000; ++i)
    want += "\\u0001";
  CHECK(out == '"' + want + '"');
}

TEST_CASE("errors of a result are keyed by source") {
  collection_result result;
  result.errors = {{"indeed", errc::bot_detected, "a wall", 3}};
  auto text = to_json(result);
  CHECK(text.find(R"("errors":{"indeed":{"source":"indeed","code":)"
                  R"("bot_detected")")
        != text.npos);
  CHECK(*from_json<collection_result>(text) == result);
}

TEST_CASE("golden bytes: the msgpack form does not drift") {
  rejection r{"lever", "1", "acme", "https://x/1", "no title"};
  CHECK(hex(pack(r))
        == "95a56c65766572a131a461636d65ab68747470733a2f2f782f31a86e6f2074697"
           "46c65");
  sighting s{"a", "b", "", "", "2026-01-01T00:00:00Z"};
  CHECK(hex(pack(s))
        == "95a161a162a0a0b4323032362d30312d30315430303a30303a30305a");
  task t;
  t.id = "i";
  CHECK(hex(pack(t))
        == "dc0012a169a000a0a0a0a095a3474554a090a0a00000c000a001c2a0a0c0");
}

TEST_CASE("older and newer forms are both read") {
  // Two fields of a rejection, and one field more than this version knows.
  auto old = unpack<rejection>("\x92\xa1s\xa1i");
  REQUIRE(old);
  CHECK(old->source_id == "i");
  CHECK(old->reason.empty());
  // A task of the version before.
  auto task_before = unpack<task>(
      "\x9e\xa1i\xa0\x00\xa0\xa0\xa0\xa0\x95\xa3GET\xa0\x90\xa0\xa0\x00"s
      "\x00\xc0\x02\xa0\x03"s);
  REQUIRE(task_before);
  CHECK(task_before->attempt == 2);
  CHECK(task_before->proxy_tier == 3);
  CHECK_FALSE(task_before->by_browser);
  auto newer = unpack<rejection>("\x96\xa1s\xa1i\xa0\xa0\xa1r\xa3new");
  REQUIRE(newer);
  CHECK(newer->reason == "r");
}

TEST_CASE("hostile msgpack is refused without taking memory") {
  CHECK_FALSE(unpack<job_posting>("\xdd\xff\xff\xff\xff"));
  CHECK_FALSE(unpack<job_posting>(std::string(100000, '\x91')));
  CHECK_FALSE(unpack<job_posting>(""));
  CHECK_FALSE(unpack<job_posting>("\x91\x01"));
}

TEST_CASE("records of a byte each are refused before they take memory") {
  // A task takes 0.5 kB. A million of them that are said to have no fields:
  const auto nothing = "\xdd\x00\x0f\x42\x40"s + std::string(1'000'000, '\x90');
  CHECK_FALSE(unpack<jobfarm::link::lent_tasks>('\x91' + nothing));
  CHECK_FALSE(unpack<task_outcome>("\x95\xa1t\x00\xa0\x00"s + nothing));
  // What a task has apart counts, too: a listed posting of a byte takes 0.6 kB.
  auto listing = "\xdd\x00\x01\x86\xa0"s;
  for (int i = 0; i < 100'000; ++i)
    listing += "\x9b\xa0\xa0\x00\xa0\xa0\xa0\xa0\x90\x00\x00\x90"s;
  CHECK_FALSE(unpack<task_outcome>("\x97\xa1t\x00\xa0\x00\x90\x90"s + listing));
  // Those that have all their fields take no more than what is known of each.
  jobfarm::link::lent_tasks lent;
  lent.tasks.resize(1000);
  CHECK(unpack<jobfarm::link::lent_tasks>(pack(lent))->tasks.size() == 1000);
  task_outcome outcome;
  outcome.postings.resize(1000);
  outcome.rejections.resize(1000);
  outcome.next_tasks.resize(1000);
  auto read = unpack<task_outcome>(pack(outcome));
  REQUIRE(read);
  CHECK(read->next_tasks.size() == 1000);
}

TEST_CASE("fields of a newer form are passed over, whatever they are") {
  const auto known = "\xa1s\xa1i\xa0\xa0\xa1r"s;
  for (const auto& more :
       {"\xc0"s, "\xc3"s, "\x7f"s, "\xe0"s, "\xcc\x01"s, "\xcd\x01\x02"s,
        "\xd2\x01\x02\x03\x04"s, "\xcb\x01\x02\x03\x04\x05\x06\x07\x08"s,
        "\xa2"
        "ab"s,
        "\xd9\x01x"s, "\xc5\x00\x01x"s, "\x92\x01\x02"s, "\xdc\x00\x01\xc0"s,
        "\x81\xa1k\x90"s, "\xde\x00\x01\xc0\xc0"s, "\xd4\x01x"s,
        "\xc7\x02\x01xy"s, std::string(14, '\x91') + '\xc0'}) {
    // One more behind it: it must have been passed exactly.
    auto read = unpack<rejection>('\x97' + known + more + "\xa1z");
    REQUIRE(read);
    CHECK(read->reason == "r");
    CHECK_FALSE(unpack<rejection>('\x97' + known + more));
  }
  CHECK_FALSE(
      unpack<rejection>('\x96' + known + std::string(16, '\x91') + '\xc0'));
  CHECK_FALSE(unpack<rejection>('\x96' + known + '\xc1'));
}

TEST_CASE("a record is read over another one") {
  auto record = sample_posting();
  REQUIRE(unpack_into(record, pack(job_posting{})));
  CHECK(record == job_posting{});
  REQUIRE(unpack_into(record, pack(sample_posting())));
  CHECK(record == sample_posting());
  // Of an older form: what is missing is as it is by default.
  REQUIRE(unpack_into(record, "\x91\xa1i"));
  CHECK(record.id == "i");
  record.id.clear();
  CHECK(record == job_posting{});
}

TEST_CASE("half of a surrogate pair is a character that is not known") {
  CHECK(json::repair_surrogates(
            R"("a\ud83db \ude00 \ud83d\ude00 \\ud83d \u00e9")")
        == R"("a\uFFFDb \uFFFD \ud83d\ude00 \\ud83d \u00e9")");
  for (const auto* odd : {"\\", "\\u", "\\ud8", "\\ud83d", "\\ud83d\\u"})
    CHECK(json::repair_surrogates(odd).size() <= 8);
  auto cut = from_json<raw_posting>(
      R"({"source":"lever","source_id":"1","title":"Chef \ud83d"})");
  REQUIRE(cut);
  CHECK(cut->title == "Chef \xEF\xBF\xBD");
}
