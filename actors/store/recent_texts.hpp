#pragma once

#include "actors/store/text_file.hpp"

#include <string_view>
#include <vector>

namespace jobfarm::store {

/// Gives texts their places; texts that are equal share one, if they came
/// soon one after the other: ads of a board that differ by their city alone,
/// the record and the posting that it is part of. Memory holds the places of
/// 16,384 texts at most.
class recent_texts {
public:
  explicit recent_texts(text_file& file) : file_(file) {
  }

  /// The place of a text that came not long ago, of size 0 if none did.
  text_place find(std::string_view text, const text_hash& hash);

  /// Gives a text a place of its own. It must stay where it is until `file` is
  /// written.
  text_place add(std::string_view text, const text_hash& hash);

  /// A text that has its place already.
  void note(std::string_view text, const text_hash& hash,
            const text_place& place) {
    slot_of(hash) = {hash, place, text.data()};
  }

  /// For when the file could not be written.
  void clear() {
    slots_.clear();
  }

private:
  static constexpr std::size_t most = 1u << 14;

  struct slot {
    text_hash hash{};
    text_place place;
    /// Stands as long as the text is not written.
    const char* text = nullptr;
  };

  slot& slot_of(const text_hash& hash);
  bool holds(const slot& one, std::string_view text) const;

  text_file& file_;
  std::vector<slot> slots_;
};

/// Whether this text stands at the place.
bool is_text_at(const text_file& file, const text_place& place,
                std::string_view text);

} // namespace jobfarm::store
