#include "nodes/exporter.hpp"

#include <memory>

namespace jobfarm::nodes {

namespace {

using writers = std::vector<std::unique_ptr<report::report_writer>>;

expected<writers> open_all(const export_order& order) {
  writers all;
  for (const auto& path : order.paths) {
    auto one = report::open_report(path, order.options);
    if (!one)
      return one.error();
    all.push_back(*std::move(one));
  }
  return all;
}

expected<void> add_to_all(writers& all, const enriched_posting& posting) {
  for (auto& one : all)
    if (auto added = one->add(posting); !added)
      return added;
  return {};
}

} // namespace

expected<std::int64_t> export_query(const store::store& disk,
                                    const std::string& query_id,
                                    const export_order& order) {
  auto all = open_all(order);
  if (!all)
    return all.error();
  enrich::fit_model model(order.profile);
  auto is_scored = order.level != enrich_level::none;
  if (is_scored) {
    auto observed = disk.scan_postings(query_id, [&](const job_posting& one) {
      model.observe(one);
      return true;
    });
    if (!observed)
      return observed.error();
  }
  std::int64_t count = 0;
  expected<void> added;
  // One for all: its strings keep their room.
  enriched_posting enriched;
  auto scanned = disk.scan_postings(query_id, [&](const job_posting& one) {
    if (order.limit > 0 && count == order.limit)
      return false;
    ++count;
    enriched.posting = one;
    if (is_scored)
      enriched.enrichment = model.score(one, order.as_of);
    added = add_to_all(*all, enriched);
    return added.has_value();
  });
  if (!scanned)
    return scanned.error();
  if (!added)
    return added.error();
  for (auto& one : *all)
    if (auto finished = one->finish(); !finished)
      return finished.error();
  return count;
}

} // namespace jobfarm::nodes
