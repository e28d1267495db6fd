#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::fetch {

class growing_body;

/// What the bodies of all pages under way may take together. One thread's.
class body_budget {
public:
  explicit body_budget(std::size_t most_bytes) : most_bytes_(most_bytes) {
  }

  std::size_t bytes() const noexcept {
    return bytes_;
  }
  std::size_t most_bytes() const noexcept {
    return most_bytes_;
  }

private:
  friend growing_body;

  /// Gives up largest bodies until there is room for `size` bytes more.
  void make_room(std::size_t size);

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::vector<growing_body*> bodies_;
};

/// The body of a page under way. Where the budget is spent, the largest of all
/// is given up: many small pages do not pay for a few without end.
class growing_body {
public:
  explicit growing_body(body_budget& budget);
  ~growing_body();
  growing_body(const growing_body&) = delete;
  growing_body& operator=(const growing_body&) = delete;

  /// False if the body has been given up.
  bool append(std::string_view bytes);

  /// The bytes, which count no more here.
  std::string take();

  /// Begins anew, in `room` if it has any, else in its own.
  void restart(std::string room = {});

  bool is_given_up() const noexcept {
    return is_given_up_;
  }
  std::size_t size() const noexcept {
    return bytes_.size();
  }
  bool empty() const noexcept {
    return bytes_.empty();
  }

private:
  friend body_budget;

  void give_up();

  body_budget& budget_;
  std::string bytes_;
  bool is_given_up_ = false;
};

} // namespace jobfarm::fetch
