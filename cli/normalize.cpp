#include "cli/commands.hpp"

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/text/time.hpp"
#include "cli/clock.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "cli/option_checks.hpp"
#include "cli/places.hpp"

#include <vector>

namespace jobfarm::cli {

namespace {

int run_normalize(const settings& given) {
  auto places = open_gazetteer(given);
  if (!places)
    return complain(places.error());
  auto at = given.text("fetched-at");
  // The option has been checked.
  auto now = text::format_utc(at.empty() ? now_utc() : *text::parse_utc(at));
  normalize::normalizer rules(*std::move(places));
  output out;
  std::vector<raw_posting> waiting;
  auto write_waiting = [&] {
    for (const auto& posting : rules.normalize_all(waiting).postings) {
      append_json(out.buffer(), posting);
      out.line_done();
    }
    waiting.clear();
  };
  auto code = filter_records<raw_posting>(
      given, [&](raw_posting&& raw) -> expected<void> {
        if (raw.fetched_at.empty() || !at.empty())
          raw.fetched_at = now;
        if (auto problem = rules.problem_of(raw))
          return *std::move(problem);
        waiting.push_back(std::move(raw));
        if (waiting.size() == normalize::normalizer::most_at_once)
          write_waiting();
        return {};
      });
  write_waiting();
  if (!code)
    return complain(code.error());
  out.flush();
  return *code;
}

} // namespace

const command normalize_command = {
    "normalize",
    "Make clean postings of raw ones (JSONL to JSONL)",
    "[FILE]...",
    -1,
    {
        {"fetched-at", value_kind::text, "TIME",
         "when the records were received (default: as they say, else now)", "",
         false, utc_time},
    },
    {"jobfarm normalize < raw.jsonl > postings.jsonl"},
    run_normalize,
};

} // namespace jobfarm::cli
