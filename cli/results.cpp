#include "cli/commands.hpp"

#include "actors/plan/query_state.hpp"
#include "actors/report/part_file.hpp"
#include "actors/store/memory_store.hpp"
#include "actors/text/time.hpp"
#include "actors/text/url.hpp"
#include "cli/clock.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/collect_run.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "cli/output_paths.hpp"
#include "cli/query_options.hpp"
#include "messages/json.hpp"
#include "nodes/exporter.hpp"

namespace jobfarm::cli {

namespace {

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size()
         && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string path_of(const settings& given) {
  return "/api/v1/queries/" + text::percent_encode(given.operands[0]);
}

expected<void>
each_line(const cluster_client& client, const std::string& path,
          const std::function<expected<void>(std::string_view)>& visit) {
  std::string rest;
  expected<void> visited;
  auto take = [&](std::string_view bytes) {
    rest += bytes;
    std::size_t begin = 0;
    for (auto end = rest.find('\n'); end != rest.npos && visited;
         end = rest.find('\n', begin)) {
      visited = visit({rest.data() + begin, end - begin});
      begin = end + 1;
    }
    rest.erase(0, begin);
    return visited.has_value();
  };
  auto streamed =
      client.stream(path + "/results?format=jsonl", "application/jsonl", take);
  return visited ? streamed : visited;
}

expected<void> write_lines(const cluster_client& client,
                           const std::string& path, const std::string& file) {
  auto part = report::part_file::open(file);
  if (!part)
    return part.error();
  auto got = each_line(client, path, [&](std::string_view line) {
    return part->write(std::string{line} + '\n');
  });
  return got ? part->complete() : got;
}

/// Everything but plain lines is made as `collect` makes it, from a store in
/// memory that holds the result.
expected<void> write_reports(const settings& given,
                             const cluster_client& client,
                             const std::string& path,
                             std::vector<std::string> files) {
  auto text = client.call("GET", path);
  if (!text)
    return text.error();
  auto view = read_cluster_query(*text);
  if (!view)
    return view.error();
  const auto& query = view->record.query;
  store::memory_store held;
  auto got =
      each_line(client, path, [&](std::string_view line) -> expected<void> {
        auto posting = from_json<job_posting>(line);
        if (!posting)
          return posting.error();
        store::batch one;
        one.found.push_back({query.query_id, posting->id});
        one.put(*std::move(posting));
        return held.commit(one);
      });
  if (!got)
    return got;
  auto profile = profile_of(given, query);
  if (!profile)
    return profile.error();
  nodes::export_order order;
  order.paths = std::move(files);
  order.level = query.level;
  order.profile = *std::move(profile);
  order.as_of = now_utc();
  order.options.generated_at = text::format_utc(now_utc());
  order.options.asked = query.text;
  if (view->record.result)
    order.options.result = *view->record.result;
  auto exported = nodes::export_query(held, query.query_id, order);
  if (!exported)
    return exported.error();
  return {};
}

expected<void> print_lines(const cluster_client& client,
                           const std::string& path) {
  output out;
  auto got =
      each_line(client, path, [&](std::string_view line) -> expected<void> {
        out.buffer() += line;
        if (out.line_done())
          return {};
        return fail(errc::cancelled, "nobody takes the lines");
      });
  out.flush();
  // Why is told at the end of the run.
  return can_print() ? got : expected<void>{};
}

expected<void> hand_out(const settings& given, const cluster_client& client) {
  auto path = path_of(given);
  auto named = output_paths(given);
  if (!named)
    return named.error();
  const auto& files = *named;
  if (files.empty())
    return print_lines(client, path);
  std::vector<std::string> reports;
  for (const auto& file : files) {
    if (!ends_with(file, ".jsonl") && file != report::standard_output) {
      reports.push_back(file);
      continue;
    }
    if (auto written = write_lines(client, path, file); !written)
      return written;
  }
  if (!reports.empty())
    if (auto written = write_reports(given, client, path, reports); !written)
      return written;
  print_files(given, files);
  return {};
}

/// Says if there is more than the query's limit lets out.
expected<void> tell_cut(const settings& given, const cluster_client& client) {
  auto text = client.call("GET", path_of(given));
  if (!text)
    return text.error();
  auto view = read_cluster_query(*text);
  if (!view)
    return view.error();
  const auto& record = view->record;
  if (auto found = plan::found_at_cut(record))
    say(given,
        std::to_string(record.query.limit) + " jobs at most" + cut_text(found));
  return {};
}

int run_results(const settings& given) {
  if (given.operands.empty())
    return complain(
        fail(errc::invalid_input, "which query? jobfarm list shows them"));
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto done = hand_out(given, *client);
  if (done)
    done = tell_cut(given, *client);
  return done ? static_cast<int>(exit_done) : complain_of_cluster(done.error());
}

} // namespace

const command results_command = {
    "results",
    "The postings that a query of a running cluster found, as JSON lines or "
    "files",
    "QUERY",
    1,
    with_cluster_options({
        {"out", value_kind::list, "FILE",
         "report: .xlsx, .csv or .jsonl; repeatable (default: -, lines on "
         "stdout)"},
        {"profile", value_kind::file, "FILE",
         "what scores are measured against"},
    }),
    {"jobfarm results 5f1c... > jobs.jsonl",
     "jobfarm results 5f1c... --out jobs.xlsx"},
    run_results,
};

} // namespace jobfarm::cli
