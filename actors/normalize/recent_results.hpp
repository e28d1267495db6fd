#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace jobfarm::normalize {

/// Texts as one key; no other texts give the same.
class joined_key {
public:
  joined_key& add(std::string_view text) {
    auto size = text.size();
    key_.append(reinterpret_cast<const char*>(&size), sizeof size);
    key_.append(text);
    return *this;
  }

  operator std::string_view() const {
    return key_;
  }

private:
  std::string key_;
};

/// What was made of the keys seen last, by a function that gives the same for
/// the same: a board has one company, and few places and dates, for hundreds of
/// postings. Bounded: a new key takes the place of another. For one thread.
template <class Value, std::size_t Slots = 128>
class recent_results {
public:
  /// What `make()` gave for this key, or gives now. Valid until the next call.
  template <class Make>
  const Value& of(std::string_view key, Make make) {
    if (key.size() > longest)
      return other_ = make();
    auto& own = slots_[std::hash<std::string_view>{}(key) % slots_.size()];
    if (!own.is_made || own.key != key) {
      own.is_made = false;
      own.value = make();
      own.key = key;
      own.is_made = true;
    }
    return own.value;
  }

private:
  /// Longer keys hardly come twice.
  static constexpr std::size_t longest = 512;

  struct slot {
    std::string key;
    Value value{};
    bool is_made = false;
  };

  std::array<slot, Slots> slots_{};
  Value other_{};
};

} // namespace jobfarm::normalize
