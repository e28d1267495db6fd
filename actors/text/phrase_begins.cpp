#include "actors/text/phrase_begins.hpp"

#include "actors/text/folded_text.hpp"
#include "messages/byte_block.hpp"

namespace jobfarm::text {

namespace {

constexpr unsigned char first_alphabet_lead = 0xC3;

bool is_continuation(unsigned char c) {
  return c >= 0x80 && c < 0xC0;
}

/// Leads the signs of Latin-1, from U+0080 to U+00BF: no letters.
constexpr unsigned char sign_lead = 0xC2;

/// True for the bytes that go on with a word of an alphabetic script.
bool goes_on(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || (c >= 'A' && c <= 'Z')
         || (c >= 0x80 && c < first_wide_lead && c != sign_lead);
}

bool may_begin(std::string_view text, std::size_t at) {
  auto c = static_cast<unsigned char>(text[at]);
  return c > ' ' && !is_continuation(c)
         && !(is_word_at(text, at) && is_word_before(text, at));
}

/// What `may_begin` and `goes_on` say of the bytes of a block, as bits.
struct block_bits {
  unsigned begins = 0;
  unsigned words = 0;
};

/// Reads the blocks of a folded text in order, all bytes of one at once.
class block_reader {
public:
  block_bits read(block::bytes bytes) {
    auto small = block::bits(block::between(bytes, 'a', 'z')
                             | block::between(bytes, '0', '9'));
    auto seen = block::bits(block::between(bytes, ' ' + 1, 0xFF));
    auto words = small;
    auto ends_word = small;
    auto goes = small;
    unsigned leads = 0;
    if (block::bits(bytes) != 0) {
      leads = block::bits(
          block::between(bytes, first_alphabet_lead, first_wide_lead - 1));
      auto tails = block::bits(block::between(bytes, 0x80, 0xBF));
      seen &= ~tails;
      words |= leads;
      ends_word |= tails & (leads << 1 | is_behind_lead_);
      goes |= block::bits(block::between(bytes, 0x80, first_wide_lead - 1))
              & ~block::bits(block::equal(bytes, sign_lead));
    }
    auto inside = words & (ends_word << 1 | is_behind_word_);
    is_behind_word_ = ends_word >> (block::size - 1);
    is_behind_lead_ = leads >> (block::size - 1);
    return {seen & ~inside, goes};
  }

private:
  unsigned is_behind_word_ = 0;
  unsigned is_behind_lead_ = 0;
};

block_bits read_one_by_one(std::string_view text, std::size_t at) {
  block_bits read;
  for (std::size_t i = 0; at + i < text.size(); ++i) {
    read.begins |= unsigned{may_begin(text, at + i)} << i;
    read.words |=
        unsigned{goes_on(static_cast<unsigned char>(text[at + i]))} << i;
  }
  return read;
}

} // namespace

std::uint32_t phrase_key(std::string_view text, std::size_t at) {
  constexpr std::size_t most = sizeof(std::uint32_t);
  auto near = text.substr(at, most);
  auto is_wide = static_cast<unsigned char>(near[0]) >= first_wide_lead;
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < near.size() && i < (is_wide ? 3 : most); ++i) {
    auto c = static_cast<unsigned char>(near[i]);
    if (i > 0 && !is_wide && !goes_on(c))
      break;
    key |= std::uint32_t{c} << 8 * i;
  }
  return key;
}

phrase_begins::phrase_begins(std::string_view text)
    : begins_(text.size() / block_bytes + 1 + group_size),
      words_(begins_.size()) {
  static_assert(block_bytes == block::size);
  block_reader reader;
  std::size_t at = 0;
  auto keep = [&](const block_bits& read) {
    begins_[at / block_bytes] = static_cast<bits16>(read.begins);
    words_[at / block_bytes] = static_cast<bits16>(read.words);
  };
  for (; at + block_bytes <= text.size(); at += block_bytes)
    keep(reader.read(block::load(text.data() + at)));
  keep(read_one_by_one(text, at));
}

} // namespace jobfarm::text
