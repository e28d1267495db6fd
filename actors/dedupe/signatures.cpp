#include "actors/dedupe/signatures.hpp"

#include "actors/text/hash.hpp"
#include "actors/text/utf8.hpp"

namespace jobfarm::dedupe {

namespace {

/// The letters and digits of a text, folded: what is left when layout,
/// punctuation and case are taken away.
std::string bare_words(std::string_view text) {
  unsigned char bits = 0;
  for (char c : text)
    bits |= static_cast<unsigned char>(c);
  if (bits < 0x80) {
    // What folding does to ASCII, without its tables or any branch.
    std::string quick(text.size(), '\0');
    std::size_t size = 0;
    for (char c : text) {
      auto lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      quick[size] = lower;
      size += static_cast<std::size_t>((lower >= 'a' && lower <= 'z')
                                       || (lower >= '0' && lower <= '9'));
    }
    quick.resize(size);
    return quick;
  }
  auto folded = text::fold(text);
  std::string bare;
  bare.reserve(folded.size());
  for (char c : folded) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      bare += c;
  }
  return bare;
}

} // namespace

std::vector<std::string> signatures(const job_posting& posting) {
  std::vector<std::string> keys;
  if (!posting.url.empty())
    keys.push_back("url/" + text::hash_hex(posting.url));
  if (posting.company_normalized.empty())
    return keys;
  if (!posting.title_normalized.empty())
    keys.push_back("title/"
                   + text::hash_hex(posting.title_normalized + '\n'
                                    + posting.company_normalized));
  if (auto words = bare_words(posting.description); !words.empty())
    keys.push_back("text/"
                   + text::hash_hex(posting.company_normalized + '\n' + words));
  return keys;
}

} // namespace jobfarm::dedupe
