#include "cli/record_spool.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

namespace jobfarm::cli {

namespace {

constexpr std::size_t write_bytes = 1u << 20;

failure spool_failure(const char* what) {
  return fail(errc::store_failed,
              std::string{what} + " temporary file: " + std::strerror(errno)
                  + "; set TMPDIR to a directory with room");
}

std::uint32_t check_of(std::string_view record) {
  return static_cast<std::uint32_t>(XXH3_64bits(record.data(), record.size()));
}

} // namespace

expected<record_spool> record_spool::open() {
  const auto* directory = std::getenv("TMPDIR");
  auto name = std::string{directory && *directory ? directory : "/tmp"}
              + "/jobfarm-XXXXXX";
  auto file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0)
    return spool_failure("make a");
  ::unlink(name.c_str());
  return record_spool{std::make_shared<const placed_file>(file)};
}

expected<void> record_spool::add(std::string_view record) {
  entries_.push_back({written_ + unwritten_.size(),
                      static_cast<std::uint32_t>(record.size()), 0, 0});
  unwritten_ += record;
  return unwritten_.size() < write_bytes ? expected<void>{} : flush();
}

expected<void> record_spool::add(std::string_view record,
                                 const line_place& place) {
  if (!place.file)
    return add(record);
  if (files_.back() != place.file)
    files_.push_back(place.file);
  entries_.push_back({place.begin, static_cast<std::uint32_t>(record.size()),
                      static_cast<std::uint32_t>(files_.size() - 1),
                      check_of(record)});
  return {};
}

expected<void> record_spool::flush() {
  if (!files_.front()->append(unwritten_))
    return spool_failure("write a");
  written_ += unwritten_.size();
  unwritten_.clear();
  return {};
}

expected<std::string> record_spool::read(std::size_t number) const {
  const auto& one = entries_[number];
  // Records are flushed whole, so none is on both sides.
  if (one.file == 0 && one.begin >= written_)
    return unwritten_.substr(static_cast<std::size_t>(one.begin - written_),
                             one.size);
  auto record = files_[one.file]->read(one.begin, one.size);
  if (one.file == 0 && record.size() < one.size)
    return spool_failure("read a");
  if (one.file != 0 && check_of(record) != one.check)
    return fail(errc::invalid_input, "an input file was changed meanwhile");
  return record;
}

} // namespace jobfarm::cli
