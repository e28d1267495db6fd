#include "actors/store/memory_store.hpp"
#include "actors/store/pending_view.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
namespace st = jobfarm::store;

namespace {

job_posting posting(const std::string& title) {
  job_posting one;
  one.id = "a";
  one.title = title;
  one.last_seen = "monday";
  return one;
}

/// A store and the view of what is on its way there.
struct world {
  std::shared_ptr<st::memory_store> disk = std::make_shared<st::memory_store>();
  st::pending_view view{disk};

  /// Title and times of posting `a`, as the view has it.
  std::string seen() const {
    auto one = *view.posting("a");
    return one ? one->title + ' ' + one->last_seen + ' ' + one->closed_at
               : "none";
  }
  void commit() {
    REQUIRE(disk->commit(*view.take_batch()).has_value());
    view.committed();
  }
};

} // namespace

TEST_CASE("times that are on their way are those of the posting") {
  world w;
  w.view.put_posting(st::share(posting("one")));
  w.commit();
  w.view.put_posting_times("a", {"tuesday", "wednesday"});
  CHECK(w.seen() == "one tuesday wednesday");
  auto sent = w.view.take_batch();
  CHECK(w.seen() == "one tuesday wednesday");
  w.view.put_posting_times("a", {"thursday", ""});
  CHECK(w.seen() == "one thursday ");
  REQUIRE(w.disk->commit(*sent).has_value());
  w.view.committed();
  CHECK(w.seen() == "one thursday ");
  w.commit();
  CHECK(w.seen() == "one thursday ");
}

TEST_CASE("of what a batch says of a posting the last counts") {
  world w;
  w.view.put_posting(st::share(posting("one")));
  w.view.put_posting_times("a", {"tuesday", ""});
  CHECK(w.seen() == "one tuesday ");
  w.commit();
  w.view.put_posting_times("a", {"wednesday", ""});
  w.view.put_posting(st::share(posting("two")));
  CHECK(w.seen() == "two monday ");
  w.commit();
  CHECK(w.seen() == "two monday ");
  w.view.put_posting_times("a", {"thursday", ""});
  w.view.remove_posting("a");
  CHECK(w.seen() == "none");
  w.commit();
  CHECK(w.seen() == "none");
}

TEST_CASE("times of an original are not those of the posting of its name") {
  world w;
  w.view.put_posting(st::share(posting("whole")));
  w.view.put_original(st::share(posting("part")));
  w.commit();
  w.view.put_original_times("a", {"tuesday", ""});
  CHECK(w.seen() == "whole monday ");
  CHECK((*w.view.original("a"))->last_seen == "tuesday");
}
