#include "actors/text/phrase_begins.hpp"

#include "messages/byte_block.hpp"

#include <algorithm>

namespace jobfarm::text {

namespace {

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

bool is_continuation(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 && byte < 0xC0;
}

/// True for the bytes that go on with a head: those of a word or a character,
/// and of the word behind an ASCII mark.
bool goes_on(std::string_view text, std::size_t at) {
  return is_continuation(text[at])
         || (is_word_at(text, at)
             && (is_word_before(text, at) || is_ascii(text[at - 1])));
}

using group = phrase_begins::group;
constexpr auto group_bytes = phrase_begins::group_bytes;
static_assert(group_bytes == block::group_size);

/// Reads the groups of a folded text in order, all bytes of one at once.
class group_reader {
public:
  group read(const char* from) {
    auto words = block::group_bits(from, [](block::bytes bytes) {
      return block::between(bytes, 'a', 'z') | block::between(bytes, '0', '9');
    });
    auto seen = ~block::group_bits(
        from, [](block::bytes bytes) { return block::between(bytes, 0, ' '); });
    auto word_ends = words;
    std::uint64_t wide = 0;
    std::uint64_t leads = 0;
    std::uint64_t tails = 0;
    if (!block::is_ascii_group(from)) {
      wide = block::group_bits(from, [](block::bytes bytes) { return bytes; });
      leads = block::group_bits(from, [](block::bytes bytes) {
        return block::between(bytes, first_alphabet_lead, first_wide_lead - 1);
      });
      tails = block::group_bits(from, [](block::bytes bytes) {
        return block::between(bytes, 0x80, 0xBF);
      });
      seen &= ~tails;
      words |= leads;
      word_ends |= tails & (leads << 1 | is_behind_lead_);
    }
    auto inside = words & (word_ends << 1 | is_behind_word_);
    auto is_cut = words & ~inside & (wide << 1 | is_behind_wide_);
    is_behind_word_ = word_ends >> (group_bytes - 1);
    is_behind_lead_ = leads >> (group_bytes - 1);
    is_behind_wide_ = wide >> (group_bytes - 1);
    return {seen & ~inside, tails | (words & ~is_cut)};
  }

private:
  std::uint64_t is_behind_word_ = 0;
  std::uint64_t is_behind_lead_ = 0;
  std::uint64_t is_behind_wide_ = 0;
};

} // namespace

std::uint64_t last_bytes(std::string_view text, std::size_t at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data() + at, text.size() - at);
  return bytes;
}

std::size_t head_size(std::string_view text, std::size_t at) {
  auto most = std::min(text.size(), at + max_head_bytes);
  auto end = at + 1;
  while (end < most && goes_on(text, end))
    ++end;
  return end - at;
}

std::uint64_t phrase_head(std::string_view text, std::size_t at) {
  return first_bytes(text.substr(at, head_size(text, at)), 0);
}

phrase_begins::phrase_begins(std::string_view text)
    : groups_(text.size() / group_bytes + 2) {
  group_reader reader;
  auto whole = text.size() / group_bytes;
  for (std::size_t i = 0; i < whole; ++i)
    groups_[i] = reader.read(text.data() + i * group_bytes);
  std::array<char, group_bytes> rest{};
  text.substr(whole * group_bytes).copy(rest.data(), rest.size());
  groups_[whole] = reader.read(rest.data());
}

} // namespace jobfarm::text
