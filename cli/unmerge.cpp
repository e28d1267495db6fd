#include "cli/commands.hpp"

#include "actors/collect/posting_index.hpp"
#include "actors/store/leveldb_store.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "cli/places.hpp"
#include "messages/json.hpp"

#include <algorithm>
#include <filesystem>

namespace jobfarm::cli {

namespace {

using ids = std::vector<std::string>;

/// The store of `--data-dir`, and the index of duplicates in it.
struct opened_index {
  static expected<std::unique_ptr<opened_index>> open(const settings& given) {
    auto dir = data_dir(given) + "/store";
    // Opening would make it.
    if (!std::filesystem::exists(dir))
      return fail(errc::invalid_input, "there is no store in " + dir);
    auto disk = store::open_leveldb_store(
        dir, [](const failure& what) { complain(what); });
    if (!disk)
      return disk.error();
    return std::make_unique<opened_index>(*std::move(disk));
  }

  explicit opened_index(std::unique_ptr<store::store> opened)
      : disk(std::move(opened)) {
  }

  std::shared_ptr<store::store> disk;
  store::pending_view view{disk};
  collect::posting_index index{{}, view};
};

std::string name_of(const job_posting& record) {
  return record.source + '/'
         + (record.source_id.empty() ? record.url : record.source_id);
}

expected<std::vector<job_posting>> records_of(opened_index& opened,
                                              const std::string& posting_id) {
  auto there = opened.disk->posting(posting_id);
  if (!there)
    return there.error();
  if (!*there)
    return fail(errc::invalid_input, "there is no posting " + posting_id);
  return opened.index.records_of(posting_id);
}

void show(const settings& given, const std::vector<job_posting>& records) {
  std::vector<ids> rows;
  for (const auto& one : records) {
    if (given.flag("json"))
      print(to_json(one) + '\n');
    rows.push_back({name_of(one), one.title, one.company, one.location});
  }
  if (!given.flag("json"))
    print(format_table({"RECORD", "TITLE", "COMPANY", "LOCATION"}, rows));
}

/// The ids of the records that are named as `SOURCE/SOURCE_ID`.
expected<ids> named(const std::vector<job_posting>& records, const ids& names) {
  ids found;
  for (const auto& name : names) {
    auto at =
        std::find_if(records.begin(), records.end(), [&](const auto& one) {
          return name_of(one) == name || one.id == name;
        });
    if (at == records.end())
      return fail(errc::invalid_input, "the posting has no record " + name
                                           + "; without records named, its "
                                             "records are shown");
    found.push_back(at->id);
  }
  return found;
}

int run_unmerge(const settings& given) {
  if (given.operands.empty())
    return complain(fail(errc::invalid_input, "which posting?"));
  const auto& posting_id = given.operands.front();
  const ids names(given.operands.begin() + 1, given.operands.end());
  auto opened = opened_index::open(given);
  if (!opened)
    return complain(opened.error());
  auto& [disk, view, index] = **opened;
  auto records = records_of(**opened, posting_id);
  if (!records)
    return complain(records.error());
  if (names.empty() && !given.flag("undo")) {
    show(given, *records);
    return exit_done;
  }
  auto out = named(*records, names);
  if (!out)
    return complain(out.error());
  auto made = given.flag("undo") ? index.put_back(posting_id)
                                 : index.take_out(posting_id, *out);
  if (!made)
    return complain(made.error());
  if (auto done = disk->commit(*view.take_batch()); !done)
    return complain(done.error());
  for (const auto& id : *made)
    print_value(given, "id", id);
  return exit_done;
}

} // namespace

const command unmerge_command = {
    "unmerge",
    "Take records out of a posting that is not one job; shows its records "
    "where none is named",
    "POSTING [SOURCE/SOURCE_ID]...",
    -1,
    {
        {"undo", value_kind::flag, "",
         "take back what was said of the records of this posting"},
    },
    {"jobfarm unmerge 5f1c...", "jobfarm unmerge 5f1c... indeed/8e0f"},
    run_unmerge,
};

} // namespace jobfarm::cli
