#pragma once

#include "actors/text/phrase_begins.hpp"
#include "actors/text/phrase_index.hpp"
#include "messages/byte_block.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {

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

  /// Makes one of a text that is folded already; it is its own original. It
  /// is not sifted.
  static folded_text of_folded(std::string_view folded);

  std::string_view original() const {
    return original_;
  }
  std::string_view folded() const {
    return folded_;
  }

  /// True if its letters and digits, those of ASCII alone, are the original's
  /// in small letters, parted by something wherever those are. A group of zeros
  /// stands behind it then.
  bool keeps_words() const {
    return keeps_words_;
  }

  /// Every place where a phrase may begin in the folded text.
  const phrase_begins& begins() const {
    return begins_;
  }

  /// The position in the original of its first digit, 0 to 9, at `at` or behind
  /// it; npos if there is none. Reads hardly more of the text than has some.
  std::size_t next_digit(std::size_t at) const;

  /// Finds the phrases of all scanners of the sieve in one pass; what each of
  /// them scans later is taken from there. The sieve must outlive this. Linear.
  void sift(const phrase_sieve& sieve);

  /// The phrases of `scanner` that a sieve found, in order of begins; null if
  /// none did.
  const std::vector<phrase_hit>* hits_of(const phrase_scanner& scanner) const;

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

  void fold();

  /// Folds what stands at `at` to `end`, until it fills `until` bytes or a few
  /// more; moves both behind it.
  void fold_part(std::size_t& at, std::size_t& end, std::size_t until);

  /// The same for one code point.
  void fold_one(std::size_t& at, std::size_t& end);

  /// Makes room for `size` bytes, of which `used` are written.
  void make_room(std::size_t size, std::size_t used);

  /// Where the folded text is written; a sieve reads bytes around it, too.
  char* room() const {
    return room_.get() + block::size;
  }

  std::string_view original_;
  /// Where the folded text is if it is not the original.
  std::unique_ptr<char[]> room_;
  std::size_t room_size_ = 0;
  std::string_view folded_;
  std::vector<shift> shifts_;
  bool keeps_words_ = false;
  phrase_begins begins_;
  const phrase_sieve* sieve_ = nullptr;
  /// Of each scanner of the sieve.
  std::vector<std::vector<phrase_hit>> hits_;
};

} // namespace jobfarm::text
