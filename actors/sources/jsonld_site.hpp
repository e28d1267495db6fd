#pragma once

#include "actors/sources/source.hpp"

#include <string>
#include <string_view>

/// From a career site to its job pages, where the site's first page carries no
/// posting: the sitemaps that robots.txt names, their indexes, the pages they
/// list. Bounded: three levels, 20 sitemaps a level, 5,000 pages a sitemap;
/// what is left out makes the board partial, never whole.
namespace jobfarm::sources {

/// True if a board's address is that of a sitemap: then it is read first.
bool is_sitemap_address(std::string_view url);

/// The first request for a board's address.
page_request plan_site(const std::string& url);

/// True if the page being read is the board's own first page.
bool is_front_page(const parse_context& context);

/// True if the page being read was found in a sitemap.
bool is_found_page(const parse_context& context);

/// Plans the sitemaps that robots.txt names; false if there are none.
bool plan_sitemaps(const parse_context& context, parsed_page& page);

/// Reads a sitemap of the board's site and plans what it lists: of several
/// sitemaps those that are about jobs, of the pages those of the site that are
/// about jobs or below the board's own address. Errors: those of
/// `read_sitemap`; schema_changed if it lists no page of the site's jobs.
expected<parsed_page> parse_sitemap(std::string_view bytes,
                                    const parse_context& context);

} // namespace jobfarm::sources
