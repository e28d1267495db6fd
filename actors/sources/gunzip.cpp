#include "actors/sources/gunzip.hpp"

#include <algorithm>
#include <limits>

#include <zlib.h>

namespace jobfarm::sources {

namespace {

/// zlib's state, freed with its owner.
struct inflater {
  inflater() {
    // 16 more than the window's bits: a gzip header, nothing else.
    is_ready = inflateInit2(&stream, MAX_WBITS + 16) == Z_OK;
  }
  inflater(const inflater&) = delete;
  ~inflater() {
    if (is_ready)
      inflateEnd(&stream);
  }
  z_stream stream{};
  bool is_ready = false;
};

failure damaged(const char* why) {
  return fail(errc::bad_payload, std::string{"read gzip: "} + why);
}

} // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.substr(0, 2) == "\x1F\x8B";
}

expected<std::string> gunzip(std::string_view bytes, std::size_t most_bytes) {
  inflater state;
  if (!state.is_ready || bytes.size() > std::numeric_limits<uInt>::max())
    return damaged("too much for one file");
  auto& stream = state.stream;
  // zlib does not write to its input.
  stream.next_in =
      const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  char chunk[32 << 10];
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk);
    stream.avail_out = sizeof chunk;
    auto code = inflate(&stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END)
      return damaged(code == Z_BUF_ERROR ? "cut off" : "damaged");
    out.append(chunk, sizeof chunk - stream.avail_out);
    if (out.size() > most_bytes)
      return fail(errc::too_large, "read gzip: it holds more than "
                                       + std::to_string(most_bytes >> 20)
                                       + " MiB");
    if (code != Z_STREAM_END)
      continue;
    // Members may follow each other; what else follows is padding.
    auto left = std::string_view(reinterpret_cast<const char*>(stream.next_in),
                                 stream.avail_in);
    if (!is_gzip(left) || inflateReset(&stream) != Z_OK)
      return out;
  }
}

} // namespace jobfarm::sources
