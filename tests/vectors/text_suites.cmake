target_sources(vectors PRIVATE text_suites.cpp)
target_link_libraries(vectors PRIVATE jobfarm_text)
