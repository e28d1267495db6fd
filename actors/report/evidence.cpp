#include "actors/report/evidence.hpp"

#include "actors/report/table.hpp"

namespace jobfarm::report {

namespace {

/// Characters of a text that is to be recognised, not read.
constexpr std::size_t most_shown = 200;

} // namespace

void evidence::add(const job_posting& posting) {
  ++sources_[posting.source].jobs;
  if (posting.sightings.empty())
    ++sources_[posting.source].records;
  for (const auto& one : posting.sightings)
    ++sources_[one.source].records;
  if (posting.sightings.size() < 2)
    return;
  auto keep = [&](std::string_view text, std::size_t most = most_shown) {
    texts_ += clean_cell(text, most);
    texts_ += '\0';
  };
  for (const auto& one : posting.sightings) {
    keep(posting.id);
    keep(posting.title);
    keep(posting.company);
    keep(one.source);
    keep(one.source_id);
    keep(one.location);
    keep(one.first_seen);
    keep(one.url, 2000);
    ends_.push_back(texts_.size());
  }
}

evidence::merged_record evidence::merged(std::size_t index) const {
  auto rest =
      std::string_view{texts_}.substr(index == 0 ? 0 : ends_[index - 1]);
  auto next = [&] {
    auto text = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(text.size() + 1);
    return text;
  };
  merged_record one;
  for (auto* field : {&one.job_id, &one.title, &one.company, &one.source,
                      &one.source_id, &one.location, &one.first_seen, &one.url})
    *field = next();
  return one;
}

} // namespace jobfarm::report
