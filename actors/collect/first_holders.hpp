#pragma once

#include "actors/collect/record_id.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/store/pending_view.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::collect {

/// The first records with each candidate key. Most keys are of one record or
/// two for ever, so none of these is an entry of its own: what came stands in
/// pages of 32 additions, in the order in which they came, and memory tells in
/// which page a key may be (Bitcask's layout: Sheehy, Smith 2010). 6 to 11
/// bytes of memory a key, for three million keys at most. Index key:
///
///     dup/h/PAGE         how many additions, then for each 16 bytes of the
///                        record's id, its facts, how many keys, the keys;
///                        numbers in the byte order of the machine, counts of
///                        one byte; marks stand with the keys of the record, if
///                        nothing came between
///
/// A key that was lost with its batch is as if it had never been added.
class first_holders {
public:
  explicit first_holders(store::pending_view& view);

  /// Reads where all keys are, once. Errors: store_failed.
  expected<void> open();

  /// False if nobody brought a key: then nothing else was written of it either,
  /// as there was room for it here. Looks at memory alone.
  bool may_have(std::uint64_t key) const noexcept;

  /// Has what `may_have` looks at fetched while other work is done.
  void prefetch(std::uint64_t key) const noexcept;

  struct holder {
    record_name record;
    dedupe::facts known;
  };

  using holder_visitor = std::function<bool(const holder&)>;

  /// Visits those who brought a key, in the order in which they came, until
  /// `visit` is false. Errors: store_failed.
  expected<void> each(std::uint64_t key, const holder_visitor& visit) const;

  /// Who brought a key first. Errors: store_failed.
  expected<std::optional<holder>> find(std::uint64_t key) const;

  /// True if there is room for more keys. After `open`.
  bool has_room() const noexcept {
    constexpr std::size_t most_of_record = 512;
    return is_open_
           && (layers_.size() < most_layers
               || (layers_.size() == most_layers && room_ > most_of_record));
  }

  /// Adds keys of a record; at most 255. `record` has `record_bytes`
  /// bytes. Errors: store_failed.
  expected<void> add(std::string_view record, const dedupe::facts& known,
                     const std::vector<std::uint64_t>& keys);

  /// The same for a key of which it is all the same what facts its holder has.
  expected<void> add_mark(std::string_view record, std::uint64_t key);

private:
  /// 17 MB in all.
  static constexpr std::size_t most_layers = 6;

  /// The number of a page, and some bits of a key in it; 0 if free.
  using slot = std::uint32_t;

  /// Slots that are looked at together, a line of the processor's cache; filled
  /// from the front.
  struct alignas(64) line {
    std::array<slot, 16> slots{};
  };
  using layer = std::vector<line>;

  using page_list = std::vector<std::uint32_t>;

  void note(std::uint64_t key, std::uint32_t page);
  page_list pages_of(std::uint64_t key) const;
  void begin_page(std::uint32_t page);
  expected<std::string_view> read_page(std::uint32_t number) const;
  expected<std::string*> open_page();
  expected<std::string*> begin_addition(std::string_view record,
                                        const dedupe::facts& known);
  void append_key(std::string& page, std::uint64_t key);

  store::pending_view& view_;
  /// Open addressing of lines by the upper half of the keys; each twice the one
  /// before.
  std::vector<layer> layers_;
  /// Keys that the last layer has room for.
  std::size_t room_ = 0;
  /// The page that is being filled, and its index key.
  std::uint32_t page_ = 1;
  std::string page_key_;
  store::growing_entry entry_;
  /// What came last: where it has the number of its keys, and where it ends.
  struct {
    record_name record{};
    std::size_t count_at = 0;
    std::size_t end = 0;
  } last_;
  /// Of the pages that are full, the one that was asked for last; 0 for none.
  mutable struct {
    std::uint32_t page = 0;
    std::string bytes;
  } last_read_;
  bool is_open_ = false;
};

} // namespace jobfarm::collect
