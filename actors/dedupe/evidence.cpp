#include "actors/dedupe/evidence.hpp"

#include "messages/byte_block.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

std::uint64_t hash_of(std::string_view text) {
  return text.empty() ? 0 : XXH3_64bits(text.data(), text.size()) | 1;
}

template <class Parts>
std::uint64_t hash_all(const Parts& parts) {
  return XXH3_64bits(std::data(parts), std::size(parts) * sizeof(std::uint64_t))
         | 1;
}

/// Of two things of which neither may be unknown.
std::uint64_t hash_both(std::uint64_t a, std::uint64_t b) {
  return a == 0 || b == 0 ? 0 : hash_all(std::array{a, b});
}

place_key key_of(const std::string& country, const std::string& admin1,
                 const std::string& city) {
  return {hash_of(country), hash_of(admin1), hash_of(city)};
}

/// Of all that `known_difference` looks at, with the title.
std::uint64_t twin_of(const evidence& one) {
  if (one.title_signature == 0)
    return 0;
  std::vector<std::uint64_t> facts{
      one.title_signature, one.board_key,
      one.requisition,     one.place.country,
      one.place.admin1,    one.place.city,
      one.core.levels,     static_cast<std::uint64_t>(one.seniority)};
  for (const auto& place : one.places)
    facts.insert(facts.end(), {place.country, place.admin1, place.city});
  return hash_all(facts);
}

/// Of a text without other letters, too short for a class to overflow.
letter_counts count_ascii(std::string_view text) {
  letter_counts counts;
  for (char letter : text)
    ++counts.in_class[static_cast<unsigned char>(letter) % 32];
  counts.length = static_cast<std::uint32_t>(text.size());
  return counts;
}

} // namespace

letter_counts count_letters(std::string_view text) {
  if (text.size() < 256 && block::ascii_end(text, 0) == text.size())
    return count_ascii(text);
  letter_counts counts;
  while (!text.empty()) {
    utf8proc_int32_t point = static_cast<unsigned char>(text.front());
    utf8proc_ssize_t size = 1;
    if (point >= 0x80) {
      size = utf8proc_iterate(
          reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
          static_cast<utf8proc_ssize_t>(text.size()), &point);
      // As the ratio reads them: a byte that is no UTF-8 is U+FFFD.
      if (size <= 0)
        point = 0xFFFD;
    }
    text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
    auto& count = counts.in_class[static_cast<std::size_t>(point) % 32];
    counts.overflow = counts.overflow || count == 255;
    ++count;
    ++counts.length;
  }
  return counts;
}

double ratio_bound(const letter_counts& a, const letter_counts& b) {
  if (a.overflow || b.overflow || a.length + b.length == 0)
    return 1.0;
  unsigned shared = 0;
  for (std::size_t i = 0; i < a.in_class.size(); ++i)
    shared += std::min(a.in_class[i], b.in_class[i]);
  return 2.0 * shared / (a.length + b.length);
}

evidence evidence_of(const job_posting& posting, const text_print& text) {
  evidence made;
  made.id = posting.id;
  made.first_seen = posting.first_seen;
  made.title = posting.title;
  made.company = posting.company;
  made.core = title_core_of(posting);
  made.title_letters = count_letters(made.title);
  made.core_letters = count_letters(made.core.text);
  made.company_letters = count_letters(made.company);
  const auto company = hash_of(posting.company_normalized);
  made.url_signature = hash_of(posting.url);
  made.title_signature = hash_both(hash_of(posting.title_normalized), company);
  made.text_signature = hash_both(company, text.letters);
  made.company_key = company != 0 ? company : hash_of(posting.company);
  made.board_key =
      hash_all(std::array{hash_of(posting.source), hash_of(posting.board)});
  made.requisition = hash_of(posting.requisition_id);
  made.place = key_of(posting.country, posting.admin1, posting.city);
  for (const auto& one : posting.locations)
    if (!one.city.empty())
      made.places.push_back(key_of(one.country, one.admin1, one.city));
  made.seniority = posting.seniority;
  made.shingle_count = text.shingles;
  made.shingle_sum = text.sum;
  made.twin = twin_of(made);
  return made;
}

bool have_same_evidence(const job_posting& a, const job_posting& b) {
  auto read = [](const job_posting& one) {
    return std::tie(one.id, one.first_seen, one.title, one.title_normalized,
                    one.company, one.company_normalized, one.url, one.source,
                    one.board, one.requisition_id, one.seniority, one.location,
                    one.city, one.admin1, one.country, one.locations,
                    one.description);
  };
  return read(a) == read(b);
}

bool is_before(const evidence& a, const evidence& b) {
  auto rank = [](const evidence& one) {
    return std::tie(one.first_seen, one.id, one.twin, one.url_signature,
                    one.text_signature, one.title, one.company,
                    one.shingle_count);
  };
  return rank(a) < rank(b);
}

} // namespace jobfarm::dedupe
