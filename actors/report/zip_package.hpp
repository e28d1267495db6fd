#pragma once

#include "actors/report/pieces.hpp"
#include "messages/expected.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct zip;

namespace jobfarm::report {

/// The parts of a zip file (libzip), changed in place: the new file is written
/// beside the old one and takes its name in `close`. Without `close` nothing
/// changes. Errors are store_failed with the system's words alone.
class zip_package {
public:
  static expected<zip_package> open(const std::string& path);

  /// The same, to read alone.
  static expected<zip_package> open_to_read(const std::string& path);

  /// Takes the bytes of a part, some at a time.
  using taker = std::function<expected<void>(std::string_view)>;

  /// Has `take` read a part to its end, or until it fails. Errors: as `take`;
  /// too_large where there are more than `most_bytes`.
  expected<void> stream(const std::string& name, std::uint64_t most_bytes,
                        const taker& take);

  /// A part as it was when the file was opened.
  expected<std::string> read(const std::string& name);

  /// Replaces a part or adds it, compressed. `pieces` is asked in `close`;
  /// what it refers to must live until then. `most_bytes` is no less than what
  /// it gives: from 4 GB on the part needs another form (zip64).
  expected<void> put(const std::string& name, piece_source pieces,
                     std::uint64_t most_bytes);

  expected<void> close();

private:
  static expected<zip_package> open(const std::string& path, int flags);

  struct discarder {
    void operator()(struct zip* archive) const noexcept;
  };
  explicit zip_package(struct zip* archive) : archive_(archive) {
  }

  std::unique_ptr<struct zip, discarder> archive_;
};

} // namespace jobfarm::report
