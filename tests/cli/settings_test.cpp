#include "cli/arguments.hpp"
#include "cli/board_directory.hpp"
#include "cli/config_file.hpp"
#include "cli/logging.hpp"
#include "cli/progress.hpp"
#include "cli/recovery_settings.hpp"
#include "cli/settings.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace jobfarm;
using namespace jobfarm::cli;

namespace {

std::string why(const std::vector<std::string>& words) {
  auto asked = read_command_line(words);
  return asked ? "" : asked.error().detail;
}

} // namespace

TEST_CASE("durations and lists are read as people write them") {
  using std::chrono::seconds;
  CHECK(parse_duration("90") == seconds{90});
  CHECK(parse_duration("5m") == seconds{300});
  CHECK(parse_duration("7d") == seconds{604800});
  for (auto bad : {"", "d", "-1s", "1x", "99999999999999999999d"})
    CHECK_FALSE(parse_duration(bad));
  CHECK(split_commas({"a,b", " c , d", ",,"})
        == std::vector<std::string>{"a", "b", "c", "d"});
  CHECK(split_names({"Berlin,Paris", "Portland, OR", "Acme, Inc.,Globex"})
        == std::vector<std::string>{"Berlin", "Paris", "Portland, OR",
                                    "Acme, Inc.", "Globex"});
}

TEST_CASE("options may stand on either side of the command") {
  for (const auto& words :
       {std::vector<std::string>{"collect", "--limit", "5", "chef"},
        std::vector<std::string>{"--limit", "5", "collect", "chef"},
        std::vector<std::string>{"collect", "chef", "--limit=5"}}) {
    auto asked = read_command_line(words);
    REQUIRE(asked);
    CHECK(asked->given.chosen->name == "collect");
    CHECK(asked->given.count("limit") == 5);
    CHECK(asked->given.operands == std::vector<std::string>{"chef"});
  }
}

TEST_CASE("a short -v is --verbose, before and after the command, not a value") {
  for (const auto& words :
       {std::vector<std::string>{"-v", "collect"},
        std::vector<std::string>{"collect", "-v", "chef"}}) {
    auto asked = read_command_line(words);
    REQUIRE(asked);
    CHECK(asked->given.flag("verbose"));
    CHECK(log_level_of(asked->given) == watch::log_level::info);
  }
  auto after = read_command_line({"collect", "--", "-v"});
  REQUIRE(after);
  CHECK_FALSE(after->given.flag("verbose"));
  CHECK(after->given.operands == std::vector<std::string>{"-v"});
  auto level = [](const std::vector<std::string>& words) {
    return log_level_of(read_command_line(words)->given);
  };
  CHECK(level({"collect"}) == watch::log_level::warn);
  CHECK(level({"collect", "--debug"}) == watch::log_level::debug);
  CHECK(level({"collect", "-v", "--log-level", "trace"})
        == watch::log_level::trace);
}

TEST_CASE("mistakes are told with the nearest right word, and not guessed") {
  CHECK(why({"colect"}).find("did you mean \"collect\"?") != std::string::npos);
  CHECK(why({"collect", "--limti", "5"}).find("did you mean --limit?")
        != std::string::npos);
  CHECK(why({"collect", "--lim", "5"}).find("unknown option")
        != std::string::npos);
  CHECK(why({"collect", "--limit", "many"}).find("takes a whole number")
        != std::string::npos);
  CHECK(why({"text", "-q"}).find("unknown option -q") != std::string::npos);
  CHECK(why({"help", "colect"}).find("did you mean \"collect\"?")
        != std::string::npos);
  CHECK(why({"text", "--log-level", "loud"}).find("takes trace, debug")
        != std::string::npos);
  CHECK(read_command_line({"collect", "--", "-q"}));
  CHECK(why({"text", "a", "b"}).find("unexpected word \"b\"")
        != std::string::npos);
}

TEST_CASE("values are checked alike in the command and in a file") {
  struct bad_value {
    std::string command;
    std::string option;
    std::string value;
    std::string text;
  };
  const bad_value all[] = {
      {"dedupe", "threshold", "7", "takes a number from 0 to 1, not \"7\""},
      {"dedupe", "rule", "none", "takes seed or location, not \"none\""},
      {"collect", "workers", "0", "takes 1 to 1000, not \"0\""},
      {"collect", "posted-within", "7", "takes a number with a unit, such as"},
      {"collect", "currency", "ZZZ", "takes a code such as USD or EUR"},
      {"collect", "sources", "levr", "did you mean lever?"},
      {"collect", "enrich", "maximum", "takes none or basic"},
      {"collect", "boards-url", "notaurl", "takes an http(s) URL"},
      {"collect", "user-agent", "a\nb", "takes one line of ASCII text"},
      {"status", "server", "localhost", "takes an http(s) URL"},
      {"demo", "postings", "0", "takes 1 to 10000000"},
      {"enrich", "level", "maximum", "is not there yet"},
      {"enrich", "as-of", "today", "takes a time such as"},
      {"node", "http-port", "70000", "takes 0 to 65535"},
      {"node", "role", "chief", "takes all, coordinator, worker or gateway"},
      {"node", "name", "a b", "takes 1 to 64 letters"},
      {"node", "log-format", "xml", "takes auto, json or text"}};
  for (const auto& [command, option, value, text] : all) {
    INFO(option);
    CHECK(why({command, "--" + option, value}).find(text) != std::string::npos);
    auto key = option;
    std::replace(key.begin(), key.end(), '-', '_');
    settings into;
    auto applied = apply_config({{key, {value}, "f:1"}}, into);
    REQUIRE_FALSE(applied);
    CHECK(applied.error().detail.find("f:1: ") == 0);
    CHECK(applied.error().detail.find(text) != std::string::npos);
  }
  CHECK(why({"collect", "--posted-within", "7d", "--currency", "eur",
             "--sources", "lever,ashby", "--boards-url", "http://a:1/"})
            .empty());
  CHECK(why({"normalize", "--fetched-at", ""}).empty());
}

TEST_CASE("what is no plain number is refused wherever one is read") {
  const std::string bad[] = {"12abc",
                             " 12",
                             "12 ",
                             "+12",
                             "1e3",
                             "0x10",
                             "1,000",
                             "",
                             "inf",
                             "nan",
                             "99999999999999999999"};
  struct place {
    std::string command;
    std::string option;
  };
  const place places[] = {{"collect", "limit"},
                          {"collect", "workers"},
                          {"collect", "salary-min"},
                          {"collect", "timeout"},
                          {"collect", "posted-within"},
                          {"collect", "request-timeout"},
                          {"collect", "browsers"},
                          {"dedupe", "threshold"},
                          {"demo", "postings"},
                          {"demo", "seed"},
                          {"simulate", "port"},
                          {"node", "http-port"},
                          {"node", "metrics-port"},
                          {"list", "limit"},
                          {"fault", "delay-ms"},
                          {"fault", "probability"},
                          {"fault", "times"}};
  for (const auto& [command, option] : places)
    for (const auto& value : bad) {
      INFO(command << " --" << option << "=" << value);
      CHECK(why({command, "--" + option, value}).find("takes")
            != std::string::npos);
    }
  for (const auto* key :
       {"sources.lever.requests_per_second", "sources.lever.burst",
        "sources.lever.concurrent_requests", "recovery.most_attempts",
        "recovery.first_delay_ms", "recovery.attempts.timeout",
        "recovery.longest_delay"})
    for (const auto& value : bad) {
      INFO(key << " = " << value);
      settings into;
      CHECK_FALSE(apply_config({{key, {value}, "f:1"}}, into));
    }
  for (const auto* key : {"recovery.most_attempts", "sources.lever.burst"}) {
    settings into;
    auto applied = apply_config({{key, {"5000000000"}, "f:1"}}, into);
    REQUIRE_FALSE(applied);
    CHECK(applied.error().detail.find("to 1000000, not \"5000000000\"")
          != std::string::npos);
  }
}

TEST_CASE("a number of a configuration file is read to its last digit") {
  test::temporary_directory dir;
  auto file = (dir.path() / "c.toml").string();
  std::ofstream(file) << "salary_min = 1234567.25\n[sources.lever]\n"
                         "requests_per_second = 1e-3\n";
  auto entries = read_config_file(file);
  REQUIRE(entries);
  settings into;
  REQUIRE(apply_config(*entries, into));
  CHECK(into.number("salary-min") == 1234567.25);
  CHECK(into.number("sources.lever.requests_per_second") == 0.001);
}

TEST_CASE("recovery is read from the configuration, defaults fill the rest") {
  auto asked = read_command_line({"config"});
  REQUIRE(asked);
  auto standard = recovery_policy_of(asked->given);
  CHECK(standard.most_attempts == 4);
  CHECK(standard.first_delay.count() == 500);
  CHECK(standard.longest_retry_after == std::chrono::hours{1});
  settings given;
  REQUIRE(apply_config({{"recovery.most_attempts", {"7"}, "f:1"},
                        {"recovery.attempts.timeout", {"2"}, "f:2"},
                        {"recovery.circuit_wait", {"5s"}, "f:3"}},
                       given));
  auto own = recovery_policy_of(given);
  CHECK(own.attempts_for(errc::timeout) == 2);
  CHECK(own.attempts_for(errc::connect_failed) == 7);
  CHECK(own.circuit.open.first == std::chrono::seconds{5});
  auto wrong = [](const std::string& key, const std::string& value) {
    settings into;
    return apply_config({{key, {value}, "f:1"}}, into).error().detail;
  };
  CHECK(wrong("recovery.most_attempt", "7")
        == "f:1: unknown key \"recovery.most_attempt\"; did you mean "
           "\"recovery.most_attempts\"?");
  CHECK(wrong("recovery.attempts.nonsense", "7").find("unknown key")
        != std::string::npos);
  CHECK(wrong("recovery.robots_pause", "soon").find("takes a duration")
        != std::string::npos);
}

TEST_CASE("help wins over every mistake") {
  auto asked = read_command_line({"collect", "--nonsense", "--help"});
  REQUIRE(asked);
  CHECK(asked->what == request::kind::help);
  CHECK(read_command_line({})->what == request::kind::overview);
  CHECK(read_command_line({"--version"})->what == request::kind::version);
}

TEST_CASE("a board directory is CSV, and its mistakes have lines") {
  auto boards = parse_boards("ats,token,company\n# more\nlever,acme,\"A, B\"\n"
                             "\njsonld,https://x/1\n",
                             "f");
  REQUIRE(boards);
  REQUIRE(boards->size() == 2);
  CHECK((*boards)[0].company == "A, B");
  CHECK(parse_boards("ats,token\nlevr,acme\n", "f").error().detail
        == "f:2: unknown source \"levr\"; jobfarm sources lists them");
  CHECK(parse_boards("lever\n", "f").error().detail
        == "f:1: a board is `ats,token,company`");
  CHECK(parse_boards(format_boards(*boards), "f")->size() == 2);
}

TEST_CASE("progress fits the terminal and shows no ETA it does not know") {
  query_progress progress;
  progress.elapsed_s = 1;
  source_progress one;
  one.source = "lever";
  one.tasks_known = 10;
  one.tasks_done = 2;
  progress.sources.assign(20, one);
  auto lines = progress_lines(progress, 8, 40);
  CHECK(lines.size() == 8);
  for (const auto& line : lines)
    CHECK(line.size() < 40);
  CHECK(progress_lines(progress, 1, 200)[0].find("--:--") != std::string::npos);
  progress.elapsed_s = 10;
  CHECK(progress_lines(progress, 1, 200)[0].find("~40 s") != std::string::npos);
}
