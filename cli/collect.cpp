#include "cli/commands.hpp"

#include "actors/text/time.hpp"
#include "cli/clock.hpp"
#include "cli/collect_run.hpp"
#include "cli/console.hpp"
#include "cli/farm_setup.hpp"
#include "cli/output_paths.hpp"
#include "cli/places.hpp"
#include "cli/progress.hpp"
#include "cli/query_options.hpp"

namespace jobfarm::cli {

namespace {

expected<std::vector<std::string>> reports_of(const settings& given) {
  auto paths = paths_beside_result(given);
  if (paths && paths->empty() && !given.flag("json"))
    paths->emplace_back(standard_report);
  return paths;
}

int run_collect(const settings& given) {
  auto paths = reports_of(given);
  if (!paths)
    return complain(paths.error());
  auto query = read_query(given);
  if (!query)
    return complain(query.error());
  auto profile = profile_of(given, *query);
  if (!profile)
    return complain(profile.error());
  collect_order order;
  auto farm = farm_options_of(given);
  if (!farm)
    return complain(farm.error());
  order.farm = *std::move(farm);
  order.farm.note_damage = [](const failure& what) { complain(what); };
  order.query = *std::move(query);
  order.resume = given.flag("resume");
  order.reports.paths = *paths;
  order.reports.level = order.query.level;
  order.reports.profile = *std::move(profile);
  order.reports.as_of = now_utc();
  order.reports.options.generated_at = text::format_utc(now_utc());
  order.reports.options.asked = order.query.text;
  auto has_unknown_place =
      !unknown_places(given, order.query.locations).empty();
  auto outcome = run_collection(given, std::move(order));
  if (!outcome)
    return complain(outcome.error());
  print_outcome(given, *outcome);
  auto code = exit_code_of(*outcome);
  return code == exit_done && has_unknown_place
                 && outcome->result.total_jobs == 0
             ? exit_nothing
             : code;
}

} // namespace

const command collect_command = {
    "collect",
    "Collect, clean, store and export postings with a farm in this process",
    "[QUERY]",
    1,
    with_query_options(with_fetch_options({
        {"profile", value_kind::file, "FILE",
         "what scores are measured against"},
        {"out", value_kind::list, "FILE",
         "report: .xlsx, .csv or .jsonl, - for JSON lines on stdout; "
         "repeatable (default: jobs.xlsx)"},
        {"resume", value_kind::flag, "",
         "go on with a collection that was cut"},
        progress_option(),
    })),
    {"jobfarm collect \"program manager\" --remote --out jobs.xlsx",
     "jobfarm collect --sources greenhouse,lever --boards my.csv --out "
     "a.jsonl"},
    run_collect,
};

} // namespace jobfarm::cli
