#include "cli/commands.hpp"

#include "actors/random_id.hpp"
#include "actors/text/time.hpp"
#include "cli/balance.hpp"
#include "cli/clock.hpp"
#include "cli/collect_run.hpp"
#include "cli/console.hpp"
#include "cli/farm_setup.hpp"
#include "cli/option_checks.hpp"
#include "cli/output_paths.hpp"
#include "cli/places.hpp"
#include "cli/profile.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "cli/source_settings.hpp"

#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace jobfarm::cli {

namespace {

/// True while another process has the store in `dir` open: LevelDB holds a lock
/// on its file LOCK as long.
bool is_in_use(const std::string& dir) {
  auto file = ::open((dir + "/LOCK").c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0)
    return false;
  struct flock asked = {};
  asked.l_type = F_WRLCK;
  auto is_told = ::fcntl(file, F_GETLK, &asked) == 0;
  ::close(file);
  return is_told && asked.l_type != F_UNLCK;
}

/// A demo begins with nothing: what the last one left is removed.
expected<std::string> fresh_store_dir(const settings& given) {
  auto dir = data_dir(given) + "/demo";
  if (is_in_use(dir + "/store"))
    return fail(errc::invalid_input, "another demo is using " + dir
                                         + "; wait for it or choose another "
                                           "--data-dir");
  std::error_code ignored;
  std::filesystem::remove_all(dir, ignored);
  if (auto made = make_directories(dir); !made)
    return made.error();
  return dir + "/store";
}

expected<collect_order> order_of(const settings& given,
                                 const nodes::simulator& boards) {
  auto paths = paths_beside_result(given);
  if (!paths)
    return paths.error();
  auto farm = farm_options_of(given);
  if (!farm)
    return farm.error();
  auto store_dir = fresh_store_dir(given);
  if (!store_dir)
    return store_dir.error();
  collect_order order;
  order.farm = *std::move(farm);
  order.farm.store_dir = *store_dir;
  // Every demo has boards of its own: no page is asked for twice.
  order.farm.page_cache_dir.clear();
  order.farm.sources = mirror_settings(boards.url());
  order.farm.allowed_hosts.emplace_back("127.0.0.1");
  order.farm.credentials.emplace_back("careerjet", "demo");
  order.query.query_id = random_id();
  order.query.boards = boards.boards();
  order.reports.paths = *std::move(paths);
  order.reports.profile = standard_profile();
  order.reports.as_of = now_utc();
  order.reports.options.generated_at = text::format_utc(now_utc());
  order.reports.options.asked =
      "demo: everything, scored for \"" + order.reports.profile.text + '"';
  return order;
}

/// Figures of this run; a benchmark is in tests/bench.
std::string speed_text(const collect_outcome& outcome) {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  char text[160];
  auto seconds = outcome.result.duration_seconds;
  std::snprintf(text, sizeof text,
                "speed: %lld postings in %.2f s, %.0f a second; peak memory "
                "%.0f MB (simulator included)",
                static_cast<long long>(outcome.result.raw_jobs), seconds,
                static_cast<double>(outcome.result.raw_jobs)
                    / std::max(seconds, 1e-3),
                static_cast<double>(used.ru_maxrss) / 1024);
  return text;
}

int run_demo(const settings& given) {
  auto what = scenario_of(given);
  if (!what)
    return complain(what.error());
  auto boards = nodes::simulator::start({0, *std::move(what)});
  if (!boards)
    return complain(boards.error());
  auto order = order_of(given, **boards);
  if (!order)
    return complain(order.error());
  expected<balance> sum = balance{};
  auto outcome =
      run_collection(given, *std::move(order), [&](const store::store& disk) {
        sum = balance_of(**boards, disk);
      });
  if (!outcome)
    return complain(outcome.error());
  if (!sum)
    return complain(sum.error());
  say(given, speed_text(*outcome));
  say(given, to_text(*sum));
  print_outcome(given, *outcome);
  if (!sum->adds_up() && !outcome->interrupted)
    return exit_no;
  return exit_code_of(*outcome);
}

} // namespace

const command demo_command = {
    "demo",
    "The whole job without a network: simulator, farm of three workers, "
    "workbook",
    "",
    0,
    {
        {"postings", value_kind::count, "N", "postings in all (default: 2000)",
         "", false, whole_number<1, most_postings>},
        {"seed", value_kind::count, "N", "the same seed gives the same jobs"},
        {"scenario", value_kind::file, "FILE",
         "faults, see deploy/scenario.toml"},
        {"workers", value_kind::count, "N", "collectors", "3", false,
         whole_number<1, 1000>},
        {"out", value_kind::list, "FILE",
         "report: .xlsx, .csv or .jsonl, - for JSON lines on stdout",
         "jobfarm-demo.xlsx"},
        progress_option(),
    },
    {"jobfarm demo", "jobfarm demo --seed 7 --postings 20000"},
    run_demo,
};

} // namespace jobfarm::cli
