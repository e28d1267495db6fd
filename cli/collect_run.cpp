#include "cli/collect_run.hpp"

#include "actors/plan/query_state.hpp"
#include "actors/report/file_target.hpp"
#include "actors/text/percent.hpp"
#include "actors/text/time.hpp"
#include "cli/clock.hpp"
#include "cli/console.hpp"
#include "cli/interrupt.hpp"
#include "cli/logging.hpp"
#include "cli/output_paths.hpp"
#include "cli/progress.hpp"
#include "cli/proxy_lines.hpp"
#include "messages/json.hpp"
#include "messages/json_writer.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

#include <unistd.h>

namespace jobfarm::cli {

namespace {

/// How soon an interrupt is noticed, and how often progress may be drawn.
constexpr auto look_every = std::chrono::milliseconds{200};
/// After Ctrl-C: for pages that are on their way.
constexpr auto patience_when_stopped = std::chrono::seconds{10};

/// The newest query of the store that has not ended.
expected<std::optional<query_record>> unfinished(const store::store& disk) {
  std::optional<query_record> found;
  auto scanned = disk.scan_queries([&](const query_record& one) {
    if (one.result)
      return true;
    found = one;
    return false;
  });
  if (!scanned)
    return scanned.error();
  return found;
}

expected<std::string> begin(const settings& given, nodes::farm& farm,
                            collect_order& order) {
  if (!order.resume)
    return farm.submit(order.query);
  auto open = unfinished(farm.disk());
  if (!open)
    return open.error();
  if (!*open) {
    say(given, "nothing to resume: starting anew");
    return farm.submit(order.query);
  }
  say(given, "going on with query " + (*open)->query.query_id);
  order.query = (*open)->query;
  return farm.resume(**open);
}

/// Waits for the end of a query, showing progress and watching for Ctrl-C.
expected<collect_outcome> watch(const settings& given, nodes::farm& farm,
                                const std::string& query_id) {
  collect_outcome outcome;
  progress_display display(given);
  std::chrono::steady_clock::time_point stops_at;
  for (;;) {
    auto ended = farm.wait(query_id, look_every);
    if (!ended)
      return ended.error();
    if (*ended) {
      outcome.result = **ended;
      break;
    }
    if (display.is_due())
      if (auto progress = farm.progress(query_id))
        display.show(*progress);
    if (interrupt_watch::requested() && !outcome.interrupted) {
      outcome.interrupted = true;
      display.clear();
      say(given, "stopping: keeping what was collected (Ctrl-C again stops "
                 "at once)");
      farm.cancel(query_id);
      stops_at = std::chrono::steady_clock::now() + patience_when_stopped;
    }
    // What is in flight to a host that keeps silent is asked for another time.
    if (outcome.interrupted && std::chrono::steady_clock::now() >= stops_at)
      if (auto progress = farm.progress(query_id)) {
        outcome.result =
            plan::result_of(*progress, text::format_utc(now_utc()), false);
        outcome.progress = *std::move(progress);
        display.show_end(outcome.progress);
        return outcome;
      }
  }
  auto stored = farm.disk().query(query_id);
  if (!stored)
    return stored.error();
  if (*stored)
    outcome.progress = (*stored)->progress;
  display.show_end(outcome.progress);
  return outcome;
}

/// The CollectionResult, whether it is cut, and what has become of the proxies.
std::string result_json(const collect_outcome& outcome) {
  auto text = to_json(outcome.result);
  text.pop_back(); // the closing brace
  text += ",\"cut\":";
  if (outcome.found_at_cut) {
    json::object_writer cut(text);
    cut.member("found", *outcome.found_at_cut);
    cut.close();
  } else {
    text += "null";
  }
  text += ",\"proxies\":[";
  for (const auto& one : outcome.proxies)
    text += (&one == outcome.proxies.data() ? "" : ",") + to_json(one);
  return text + "]}\n";
}

/// Whether sources failed, or were not waited for, and gave nothing.
bool has_nothing(const collect_outcome& outcome) {
  const auto& sources = outcome.progress.sources;
  return outcome.result.partial
         && std::all_of(sources.begin(), sources.end(), [](const auto& one) {
              return one.stored + one.merged + one.seen_again == 0;
            });
}

/// The query as it is stored.
expected<query_record> record_of(const nodes::farm& farm,
                                 const std::string& query_id) {
  auto stored = farm.disk().query(query_id);
  if (!stored)
    return stored.error();
  if (!*stored)
    return fail(errc::not_found, "no such query: " + query_id);
  return **std::move(stored);
}

/// The first report for programs, else the first one, as a file: URL (RFC
/// 8089). What has gone to the standard output is at no place.
std::string url_of_jobs(std::vector<std::string> paths) {
  paths.erase(std::remove(paths.begin(), paths.end(), report::standard_output),
              paths.end());
  if (paths.empty())
    return {};
  auto is_lines = [](const std::string& path) {
    return std::filesystem::path(path).extension() == ".jsonl";
  };
  auto lines = std::find_if(paths.begin(), paths.end(), is_lines);
  std::error_code problem;
  auto whole = std::filesystem::absolute(
      lines != paths.end() ? *lines : paths.front(), problem);
  std::string url = "file://";
  for (auto c : whole.string())
    if (c == '/' || text::is_unreserved(c))
      url += c;
    else
      text::append_encoded(url, c);
  return url;
}

/// Writes the reports of a query that has ended or was stopped, if there is
/// anything to tell: those of an earlier run stay else. What they hold is what
/// the result counts.
expected<void> write_reports(const settings& given, const nodes::farm& farm,
                             const job_query& query, nodes::export_order order,
                             collect_outcome& outcome) {
  if (order.paths.empty())
    return {};
  if (has_nothing(outcome)) {
    say(given, "nothing could be collected: no report was written, one of "
               "before stays as it was");
    return {};
  }
  auto match = farm.match_of(query);
  if (match.is_selective())
    order.match = match;
  order.limit = query.limit;
  order.options.result = outcome.result;
  auto exported = nodes::export_query(farm.disk(), query.query_id, order);
  if (!exported)
    return exported.error();
  outcome.result.total_jobs = *exported;
  outcome.result.jobs_url = url_of_jobs(order.paths);
  outcome.reports = std::move(order.paths);
  return {};
}

} // namespace

expected<collect_outcome>
run_collection(const settings& given, collect_order order,
               const std::function<void(const store::store&)>& inspect) {
  interrupt_watch interrupts;
  log_farm(given, order.farm);
  auto farm = nodes::farm::start(order.farm);
  if (!farm)
    return farm.error();
  auto query_id = begin(given, **farm, order);
  if (!query_id)
    return query_id.error();
  auto outcome = watch(given, **farm, *query_id);
  if (!outcome)
    return outcome;
  outcome->proxies = (*farm)->proxies();
  auto record = record_of(**farm, *query_id);
  if (!record)
    return record.error();
  record->progress = outcome->progress;
  outcome->found_at_cut = plan::found_at_cut(*record);
  if (auto written = write_reports(given, **farm, record->query,
                                   std::move(order.reports), *outcome);
      !written)
    return written.error();
  if (inspect)
    inspect((*farm)->disk());
  return outcome;
}

std::string cut_text(std::optional<std::int64_t> found) {
  return found ? ", cut by --limit: " + std::to_string(*found) + " were found"
               : "";
}

int exit_code_of(const collect_outcome& outcome) {
  if (outcome.interrupted)
    return exit_interrupted;
  if (outcome.result.partial)
    return has_nothing(outcome) ? exit_nothing : exit_partial;
  return exit_done;
}

void print_outcome(const settings& given, const collect_outcome& outcome) {
  if (!given.flag("quiet")) {
    auto table = summary_table(outcome.progress, outcome.result,
                               has_colour(given, STDERR_FILENO))
                 + proxy_lines(outcome.proxies);
    std::fwrite(table.data(), 1, table.size(), stderr);
  }
  if (given.flag("json")) {
    print(result_json(outcome));
    return;
  }
  say(given, std::to_string(outcome.result.total_jobs) + " jobs ("
                 + std::to_string(outcome.result.raw_jobs) + " received, "
                 + std::to_string(outcome.result.duplicates_removed)
                 + " merged)" + (outcome.result.partial ? ", partial" : "")
                 + cut_text(outcome.found_at_cut));
  if (!has_standard_output(outcome.reports))
    for (const auto& path : outcome.reports)
      print(path + '\n');
}

} // namespace jobfarm::cli
