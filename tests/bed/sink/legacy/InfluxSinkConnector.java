package com.datamountaineer.streamreactor.connect.influx;

/** The sink under the name that its family had before version 6. */
public class InfluxSinkConnector extends bed.SinkDouble {}
