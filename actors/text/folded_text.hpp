#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jobfarm::text {

/// Lead bytes of sequences of three and four bytes: from U+0800 on.
constexpr unsigned char first_wide_lead = 0xE0;

/// True if a letter or digit of an alphabetic script ends right before `at`.
bool is_word_before(std::string_view text, std::size_t at);

/// True if one begins at `at`.
bool is_word_at(std::string_view text, std::size_t at);

/// Where a phrase may begin in a folded text: at every character but blanks,
/// continuation bytes, and what follows a letter or digit of an alphabetic
/// script within a word.
struct phrase_begin {
  std::uint32_t at = 0;
  std::uint32_t key = 0;
};

/// The bytes by which a phrase that begins at `at` is looked up: the first four
/// of the word there, fewer where it ends sooner; a mark goes with the word
/// behind it. Of scripts without words the character.
std::uint32_t phrase_key(std::string_view text, std::size_t at);

class phrase_scanner;
class phrase_sieve;

/// A text beside its `fold_ascii` form, with the way from a position in one to
/// the position in the other. Folded and cut into words once, it serves every
/// reader of a description. Holds no copy of the original, which must outlive
/// it.
class folded_text {
public:
  folded_text() = default;

  /// Folds `original`. Linear.
  explicit folded_text(std::string_view original);

  /// Makes one of a text that is folded already; it is its own original.
  static folded_text of_folded(std::string_view folded);

  std::string_view original() const {
    return original_;
  }
  std::string_view folded() const {
    return folded_;
  }

  /// Every place where a phrase may begin, in order.
  const std::vector<phrase_begin>& begins() const {
    return begins_;
  }

  /// Sorts the begins by who may find a phrase there, so that each scanner of
  /// the sieve reads its own only. The sieve must outlive this. Linear.
  void sift(const phrase_sieve& sieve);

  /// The begins for one scanner from position `at` on: those sorted for it, or
  /// all. Logarithmic.
  using begin_range = std::pair<std::vector<phrase_begin>::const_iterator,
                                std::vector<phrase_begin>::const_iterator>;
  begin_range begins_for(const phrase_scanner& scanner, std::size_t at) const;

  /// Where folded position `at` stands in the original. Logarithmic.
  std::size_t to_original(std::size_t at) const;

  /// Where position `at` of the original stands in the folded text.
  std::size_t to_folded(std::size_t at) const;

  /// The words of the original between two folded positions.
  std::string_view original_between(std::size_t begin, std::size_t end) const;

private:
  /// After a code point whose folded form has another length.
  struct shift {
    std::size_t folded = 0;
    std::size_t original = 0;
  };

  void fold_ascii_run(std::size_t begin, std::size_t end);
  void find_begins();

  std::string_view original_;
  std::string folded_;
  std::vector<shift> shifts_;
  std::vector<phrase_begin> begins_;
  /// Of each scanner, the begins sorted for it.
  std::vector<std::pair<const phrase_scanner*, std::vector<phrase_begin>>>
      sifted_;
};

} // namespace jobfarm::text
