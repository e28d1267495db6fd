#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jobfarm::normalize {

/// Longer keys hardly come twice: results of theirs are not kept.
constexpr std::size_t longest_key = 512;

/// Texts and numbers as one key; no others give the same. Of keys longer than
/// `longest_key` only that is known. Allocates nothing.
class joined_key {
public:
  joined_key& add(std::string_view text) {
    add(std::uint64_t{text.size()});
    append(text);
    return *this;
  }
  joined_key& add(std::uint64_t number) {
    append({reinterpret_cast<const char*>(&number), sizeof number});
    return *this;
  }

  /// Valid while this lives, whatever is added.
  operator std::string_view() const {
    return {bytes_, size_};
  }

private:
  void append(std::string_view bytes) {
    if (bytes.size() > longest_key - std::min(size_, longest_key))
      size_ = longest_key + 1;
    else
      size_ += bytes.copy(bytes_ + size_, bytes.size());
  }

  std::size_t size_ = 0;
  char bytes_[longest_key + 1];
};

/// What was made of the keys seen last, by a function that gives the same for
/// the same: a board has one company, and few places and dates, for hundreds of
/// postings. Bounded: a key has two slots, and a new one takes the place of the
/// older there. For one thread.
template <class Value, std::size_t Slots = 128>
class recent_results {
public:
  recent_results() = default;
  recent_results(const recent_results&) = delete;
  recent_results& operator=(const recent_results&) = delete;

  /// What `make()` gave for this key, or gives now. Valid until the next call.
  template <class Make>
  const Value& of(std::string_view key, Make make) {
    if (key.size() > longest_key)
      return other_ = make();
    // Mostly the same comes again.
    if (!last_->holds(key))
      last_ = &slot_of(key, make);
    return last_->value;
  }

private:
  struct slot {
    std::string key;
    Value value{};
    bool is_made = false;

    bool holds(std::string_view wanted) const {
      return is_made && key == wanted;
    }
  };

  template <class Make>
  slot& slot_of(std::string_view key, Make make) {
    auto at = std::hash<std::string_view>{}(key) % (Slots / 2);
    auto& [own, older] = slots_[at];
    if (older.holds(key))
      return older;
    if (!own.holds(key)) {
      std::swap(own, older);
      own.is_made = false;
      own.value = make();
      own.key = key;
      own.is_made = true;
    }
    return own;
  }

  // On the heap: every thread is given room for what is of a thread and zeroed,
  // whether it normalises or not.
  std::vector<std::pair<slot, slot>> slots_{Slots / 2};
  /// What was last asked for.
  slot* last_ = &slots_[0].first;
  Value other_{};
};

} // namespace jobfarm::normalize
