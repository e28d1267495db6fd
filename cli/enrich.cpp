#include "cli/commands.hpp"

#include "actors/enrich/fit.hpp"
#include "actors/text/time.hpp"
#include "cli/clock.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "cli/option_checks.hpp"
#include "cli/profile.hpp"

#include <deque>

namespace jobfarm::cli {

namespace {

std::optional<std::string> enrich_level_there(const option&,
                                              std::string_view value) {
  if (value == "basic")
    return std::nullopt;
  if (value == "advanced" || value == "maximum")
    return "level " + std::string{value}
           + " is not there yet; use --level basic";
  return "unknown level \"" + std::string{value} + "\"; use basic";
}

int run_enrich(const settings& given) {
  auto when = text::parse_utc(given.text("as-of")).value_or(now_utc());
  auto wanted = given.has("profile")
                    ? read_profile(given, given.text("profile"))
                    : expected<enrich::profile>{standard_profile()};
  if (!wanted)
    return complain(wanted.error());
  // How telling a word is depends on all postings: they are read first.
  enrich::fit_model model(*std::move(wanted));
  std::deque<job_posting> postings;
  auto code = filter_records<job_posting>(
      given, [&](job_posting&& posting) -> expected<void> {
        model.observe(posting);
        postings.push_back(std::move(posting));
        return {};
      });
  if (!code)
    return complain(code.error());
  output out;
  for (auto& posting : postings) {
    auto made = model.score(posting, when);
    append_json(out.buffer(),
                enriched_posting{std::move(posting), std::move(made)});
    if (!out.line_done())
      break;
  }
  out.flush();
  return *code;
}

} // namespace

const command enrich_command = {
    "enrich",
    "Add fit to a profile, with its reasons",
    "[FILE]...",
    -1,
    {
        {"level", value_kind::text, "LEVEL", "basic", "basic", false,
         enrich_level_there},
        {"profile", value_kind::file, "FILE",
         "TOML with text, locations, remote_only, salary_usd_min"},
        {"as-of", value_kind::text, "TIME",
         "recency counts from it (default: now)", "", false, utc_time},
    },
    {"jobfarm enrich --level basic --profile me.toml < postings.jsonl > "
     "enriched.jsonl"},
    run_enrich,
};

} // namespace jobfarm::cli
