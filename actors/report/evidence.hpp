#pragma once

#include "messages/posting.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::report {

/// What the postings of a report came from, added up one by one.
class evidence {
public:
  struct share {
    /// Postings whose own source it is.
    std::int64_t jobs = 0;
    /// Records of it that are in some posting.
    std::int64_t records = 0;
  };
  /// A record that became one posting with others.
  struct merged_record {
    std::string_view job_id, title, company;
    std::string_view source, source_id, location, first_seen, url;
  };

  void add(const job_posting& posting);

  const std::map<std::string, share>& sources() const noexcept {
    return sources_;
  }
  std::size_t merged_count() const noexcept {
    return ends_.size();
  }
  /// The records of postings that have more than one, those of a posting one
  /// behind the other. Valid as long as nothing is added.
  merged_record merged(std::size_t index) const;

private:
  std::map<std::string, share> sources_;
  /// The texts of all merged records, each with a zero behind it, and where
  /// those of each record end: a string each would take twice the memory.
  std::string texts_;
  std::vector<std::size_t> ends_;
};

} // namespace jobfarm::report
