#include "cli/balance.hpp"

#include "messages/json.hpp"

#include <unordered_map>

namespace jobfarm::cli {

namespace {

enum class fate { stored, merged, rejected, not_fetched };

std::string key_of(const std::string& source, const std::string& id) {
  return source + '\n' + id;
}

/// Every record of the store by its source's id, and again by its address:
/// Careerjet's postings have no id but the one that the collector gives them.
struct record_fates {
  std::unordered_map<std::string, fate> by_id;
  std::unordered_map<std::string, fate> by_url;

  void add(const std::string& source, const std::string& id,
           const std::string& url, fate became) {
    by_id.emplace(key_of(source, id), became);
    by_url.emplace(key_of(source, url), became);
  }

  const fate* find(const rejection& entry) const {
    auto found = by_id.find(key_of(entry.source, entry.source_id));
    if (found != by_id.end())
      return &found->second;
    auto at = by_url.find(key_of(entry.source, entry.url));
    return at == by_url.end() ? nullptr : &at->second;
  }
};

/// Adds the postings that lists named and whose own pages are still to come or
/// were given up.
expected<void> add_not_fetched(record_fates& fates, const store::store& disk) {
  expected<void> scanned;
  for (auto state : {task_state::ready, task_state::dead})
    if (scanned)
      scanned = disk.scan_tasks("", state, [&](const task_record& one) {
        if (const auto& listed = one.task.listed)
          fates.add(one.task.source, listed->source_id, listed->url,
                    fate::not_fetched);
        return true;
      });
  return scanned;
}

expected<record_fates> fates_in(const store::store& disk) {
  record_fates fates;
  auto scanned = disk.scan_postings("", [&](const job_posting& one) {
    for (std::size_t i = 0; i < one.sightings.size(); ++i) {
      const auto& seen = one.sightings[i];
      fates.add(seen.source, seen.source_id, seen.url,
                i == 0 ? fate::stored : fate::merged);
    }
    return true;
  });
  if (!scanned)
    return scanned.error();
  scanned = disk.scan_rejections("", [&](const rejection& one) {
    fates.add(one.source, one.source_id, one.url, fate::rejected);
    return true;
  });
  if (scanned)
    scanned = add_not_fetched(fates, disk);
  if (!scanned)
    return scanned.error();
  return fates;
}

} // namespace

expected<balance> balance_of(const nodes::simulator& boards,
                             const store::store& disk) {
  auto fates = fates_in(disk);
  if (!fates)
    return fates.error();
  balance sum;
  std::size_t matched = 0;
  boards.ledger([&](std::string_view line) {
    // A ledger line names a posting as a rejection does.
    auto entry = from_json<rejection>(line);
    const auto* found = entry ? fates->find(*entry) : nullptr;
    ++sum.handed_out;
    matched += found != nullptr;
    sum.lost += found == nullptr;
    sum.stored += found && *found == fate::stored;
    sum.merged += found && *found == fate::merged;
    sum.rejected += found && *found == fate::rejected;
    sum.not_fetched += found && *found == fate::not_fetched;
    return true;
  });
  sum.invented = static_cast<std::int64_t>(fates->by_id.size() - matched);
  return sum;
}

std::string to_text(const balance& of) {
  auto text = "balance: " + std::to_string(of.handed_out)
              + " handed out = " + std::to_string(of.stored) + " stored + "
              + std::to_string(of.merged) + " merged + "
              + std::to_string(of.rejected) + " rejected";
  if (of.not_fetched > 0)
    text += " + " + std::to_string(of.not_fetched) + " not fetched";
  if (of.adds_up())
    return text + ": adds up";
  return text + "; DOES NOT ADD UP: " + std::to_string(of.lost) + " lost, "
         + std::to_string(of.invented) + " invented";
}

} // namespace jobfarm::cli
