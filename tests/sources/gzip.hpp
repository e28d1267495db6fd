#pragma once

#include <catch2/catch.hpp>

#include <string>

#include <zlib.h>

namespace jobfarm::test {

/// `text` as one gzip member.
inline std::string gzip(std::string text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16,
                       8, Z_DEFAULT_STRATEGY)
          == Z_OK);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())),
                     '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

} // namespace jobfarm::test
