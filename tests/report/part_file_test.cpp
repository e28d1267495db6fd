#include "actors/report/part_file.hpp"
#include "actors/report/report_writer.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// What already stands where a report shall be.

using namespace jobfarm;
using namespace jobfarm::report;

namespace {

void write(const std::string& path, const std::string& text) {
  auto file = part_file::open(path);
  REQUIRE(file.has_value());
  REQUIRE(file->write(text).has_value());
  REQUIRE(file->complete().has_value());
}

std::size_t files_in(const std::filesystem::path& dir) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(dir), {}));
}

mode_t mode_of(const std::string& path) {
  struct stat about = {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  return about.st_mode & 07777;
}

} // namespace

TEST_CASE("a file that is replaced keeps its mode") {
  test::temporary_directory dir;
  auto name = GENERATE("a.jsonl", "a.xlsx");
  auto path = (dir.path() / name).string();
  std::ofstream(path).flush();
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  auto writer = *open_report(path, {});
  for (const auto& one : std::filesystem::directory_iterator(dir.path()))
    CHECK((mode_of(one.path()) & 07) == 0);
  REQUIRE(writer->finish().has_value());
  CHECK(mode_of(path) == 0640);
}

TEST_CASE("a large file is whole, though the disk takes it while it grows") {
  test::temporary_directory dir;
  auto path = (dir.path() / "large").string();
  constexpr std::size_t parts = 40;
  const auto part = [](std::size_t number) {
    return std::string(1u << 20, static_cast<char>('0' + number));
  };
  {
    auto file = part_file::open(path);
    REQUIRE(file.has_value());
    for (std::size_t i = 0; i < parts; ++i)
      REQUIRE(file->write(part(i)).has_value());
    if (GENERATE(true, false)) {
      REQUIRE(file->complete().has_value());
      std::ifstream in(path, std::ios::binary);
      std::string read(1u << 20, '\0');
      for (std::size_t i = 0; i < parts; ++i) {
        in.read(read.data(), static_cast<std::streamsize>(read.size()));
        REQUIRE(read == part(i));
      }
      CHECK(in.peek() == std::ifstream::traits_type::eof());
      return;
    }
  }
  // It was given up while the disk took it.
  CHECK(files_in(dir.path()) == 0);
}

TEST_CASE("a link is followed: its target is replaced beside itself") {
  test::temporary_directory dir;
  auto link = (dir.path() / "link").string();
  std::filesystem::create_directory(dir.path() / "far");
  auto target = (dir.path() / "far" / "target").string();
  if (GENERATE(true, false))
    std::ofstream(target) << "before";
  std::filesystem::create_symlink("far/target", dir.path() / "middle");
  std::filesystem::create_symlink(dir.path() / "middle", link);
  write(link, "after");
  CHECK(std::filesystem::is_symlink(link));
  CHECK(test::read_file(target) == "after");
  CHECK(files_in(dir.path() / "far") == 1);
  std::filesystem::remove(target);
  std::filesystem::create_symlink(link, target);
  CHECK(part_file::open(link).error().code == errc::invalid_input);
}

TEST_CASE("a pipe is written to and stays") {
  test::temporary_directory dir;
  auto name = GENERATE("a.jsonl", "a.xlsx");
  auto path = (dir.path() / name).string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  auto read =
      std::async(std::launch::async, [&] { return test::read_file(path); });
  auto writer = *open_report(path, {});
  enriched_posting one;
  one.posting.title = "Chef";
  REQUIRE(writer->add(one).has_value());
  REQUIRE(writer->finish().has_value());
  writer.reset();
  auto got = read.get();
  CHECK(got.substr(0, 2) == (std::string{name} == "a.xlsx" ? "PK" : "{\""));
  CHECK(std::filesystem::is_fifo(path));
  CHECK(files_in(dir.path()) == 1);
}

TEST_CASE("a reader that left wants no more") {
  test::temporary_directory dir;
  auto path = (dir.path() / "pipe").string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  auto* handler = std::signal(SIGPIPE, SIG_IGN);
  const auto reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  auto file = *part_file::open(path);
  ::close(reader);
  CHECK(file.write(std::string(2 * part_file::large, 'a')));
  CHECK(file.complete());
  std::signal(SIGPIPE, handler);
}

TEST_CASE("a directory is no file") {
  test::temporary_directory dir;
  CHECK(part_file::open(dir.path().string()).error().detail
        == "cannot write " + dir.path().string() + ": Is a directory");
}

TEST_CASE("a device that is full is told") {
  test::temporary_directory dir;
  auto path = (dir.path() / "full").string();
  auto made = ::mknod(path.c_str(), S_IFCHR | 0666, ::makedev(1, 7)) == 0;
  auto file = part_file::open(path);
  if (!made || !file) {
    WARN("devices cannot be made here: not checked");
    return;
  }
  REQUIRE(file->write("some").has_value());
  auto done = file->complete();
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().code == errc::store_failed);
  CHECK(done.error().detail == "write " + path + ": No space left on device");
  CHECK(std::filesystem::is_character_file(path));
}
