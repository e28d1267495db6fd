#include "actors/collect/posting_index.hpp"

#include <utility>

/// Postings taken apart by hand, and put together again.
namespace jobfarm::collect {

expected<std::vector<job_posting>>
posting_index::records_of(const std::string& posting_id) {
  auto members = groups_.members_of(posting_id);
  if (!members)
    return members.error();
  std::vector<job_posting> records;
  for (const auto& id : *members) {
    auto one = records_.original(id);
    if (!one)
      return one.error();
    records.push_back(**one);
  }
  return records;
}

expected<posting_index::ids>
posting_index::take_out(const std::string& posting_id, const ids& record_ids) {
  auto members = groups_.members_of(posting_id);
  if (!members)
    return members.error();
  const id_set out(record_ids.begin(), record_ids.end());
  ids left;
  for (const auto& id : *members)
    if (out.count(id) == 0)
      left.push_back(id);
  if (left.empty() || left.size() + out.size() != members->size())
    return fail(errc::invalid_input,
                "posting " + posting_id
                    + (left.empty() ? " would have no record left"
                                    : " has not all of these records"));
  for (const auto& a : out)
    for (const auto& b : left)
      said_.say(a, b, true);
  if (auto done = regroup_around(posting_id); !done)
    return done.error();
  return postings_of(record_ids);
}

expected<posting_index::ids>
posting_index::put_back(const std::string& posting_id) {
  auto members = groups_.members_of(posting_id);
  if (!members)
    return members.error();
  for (const auto& a : *members) {
    auto others = said_.from(a);
    if (!others)
      return others.error();
    for (const auto& b : *others)
      said_.say(a, b, false);
  }
  if (auto done = regroup_around(posting_id); !done)
    return done.error();
  return postings_of(*members);
}

expected<void> posting_index::regroup_around(const std::string& id) {
  if (auto opened = open(); !opened)
    return opened;
  id_set component;
  if (auto done = edges_.add_component(id, component); !done)
    return done;
  if (auto more = groups_.regroup(component, nullptr); !more)
    return more.error();
  return {};
}

/// The postings that records are now, each once.
expected<posting_index::ids> posting_index::postings_of(const ids& records) {
  id_set made;
  for (const auto& id : records) {
    auto group = records_.group_of(id);
    if (!group)
      return group.error();
    made.insert(*std::move(group));
  }
  return ids(made.begin(), made.end());
}

} // namespace jobfarm::collect
