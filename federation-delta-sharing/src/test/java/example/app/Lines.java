// SPDX-License-Identifier: Apache-2.0
package example.app;

/** Lines of answers, in the forms the protocol's page shows. */
final class Lines {
    static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1}}";
    static final String SCHEMA = "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[]}";
    static final String METADATA =
            "{\"metaData\":{\"id\":\"f8d5c169\",\"format\":{\"provider\":\"parquet\"},\"schemaString\":\""
                    + SCHEMA
                    + "\",\"partitionColumns\":[\"date\"],\"configuration\":{\"enableChangeDataFeed\":\"true\"},"
                    + "\"size\":1146,\"numFiles\":2}}";
    static final String DELTA_PROTOCOL =
            "{\"protocol\":{\"deltaProtocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":"
                    + "[\"deletionVectors\"]}}}";
    static final String DELTA_METADATA = "{\"metaData\":{\"version\":20,\"deltaMetadata\":{\"id\":\"f8d5c169\","
            + "\"schemaString\":\"" + SCHEMA + "\",\"partitionColumns\":[]}}}";
    static final String END = "{\"endStreamAction\":{\"minUrlExpirationTimestamp\":1652140800000}}";

    private Lines() {}

    static String file(String id) {
        return file("file", id, "https://storage.example.com/" + id + "?sig=presigned-secret", "");
    }

    static String file(String wrapper, String id, String url, String more) {
        return "{\"" + wrapper + "\":{\"url\":\"" + url + "\",\"id\":\"" + id
                + "\",\"partitionValues\":{\"date\":\"2021-04-28\"},\"size\":573" + more + "}}";
    }

    static String nextPage(String token) {
        return "{\"endStreamAction\":{\"nextPageToken\":\"" + token + "\"}}";
    }
}
